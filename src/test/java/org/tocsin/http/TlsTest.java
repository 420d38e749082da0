package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Ticker;
import org.tocsin.http.HttpFailure.Kind;
import org.tocsin.http.HttpResult.Answer;
import org.tocsin.http.HttpResult.NotSent;

/** A server with a real certificate for {@code fake.test}, made by the JDK's keytool. */
@Timeout(30)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static SSLContext context;
    private static X509TrustManager trust;

    private final MockWebServer server = new MockWebServer();

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "fake",
                        "-dname",
                        "CN=fake.test",
                        "-ext",
                        "san=dns:fake.test",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(20, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("fake", keys.getCertificate("fake"));
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        trust = (X509TrustManager) trustManagers.getTrustManagers()[0];
        context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    }

    @BeforeEach
    void start() throws IOException {
        server.useHttps(context.getSocketFactory());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OutboundHttp client(boolean trusting) {
        AddressGuard guard = new AddressGuard(
                Set.of(new Peer("fake.test", server.getPort()), new Peer("wrong.test", server.getPort())),
                _ -> Clients.addresses("127.0.0.1"));
        return new OutboundHttp(
                guard,
                "Tocsin/test",
                null,
                Ticker.system(),
                builder -> trusting ? builder.sslSocketFactory(context.getSocketFactory(), trust) : builder);
    }

    private URI url(String host) {
        return URI.create("https://" + host + ":" + server.getPort() + "/");
    }

    @Test
    void the_name_of_the_url_is_what_the_certificate_and_the_host_header_are_for() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder().body("safe").build());
        try (OutboundHttp http = client(true)) {
            assertThat(http.send(HttpRequest.get(url("fake.test"))))
                    .isInstanceOfSatisfying(
                            Answer.class, answer -> assertThat(answer.text()).isEqualTo("safe"));
            assertThat(server.takeRequest().getHeaders().get("Host")).isEqualTo("fake.test:" + server.getPort());
        }
    }

    @Test
    void a_certificate_for_another_host_is_refused_also_after_a_good_call_over_http_2() {
        server.enqueue(new MockResponse.Builder().body("safe").build());
        try (OutboundHttp http = client(true)) {
            assertThat(http.send(HttpRequest.get(url("fake.test")))).isInstanceOf(Answer.class);
            assertTlsRefused(http.send(HttpRequest.post(url("wrong.test"), HttpBody.json("{}"))));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void a_certificate_of_nobody_known_is_refused() {
        try (OutboundHttp http = client(false)) {
            assertTlsRefused(http.send(HttpRequest.post(url("fake.test"), HttpBody.json("{}"))));
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    void a_read_is_not_led_from_https_to_http() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "http://fake.test:" + server.getPort() + "/")
                .build());
        try (OutboundHttp http = client(true)) {
            assertThat(http.read(HttpRequest.get(url("fake.test")), 1000))
                    .isInstanceOfSatisfying(
                            HttpResult.NoAnswer.class,
                            refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.URL_REFUSED));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    private static void assertTlsRefused(HttpResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotSent.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(Kind.TLS));
    }
}
