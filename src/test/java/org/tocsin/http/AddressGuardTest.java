package org.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.tocsin.http.Clients.addresses;

import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

@Timeout(20)
class AddressGuardTest {
    private static final NameLookup PUBLIC = _ -> addresses("93.184.216.34");

    private static AddressGuard guard(NameLookup names, String... allowed) {
        return new AddressGuard(Peer.parseAll(String.join(",", allowed)), names);
    }

    private static String refusal(AddressGuard guard, String url) {
        return guard.refusal(url).map(Message::code).orElse("");
    }

    /** The addresses right before and right after each range are outside of it and, unless the next range begins there, public. */
    @ParameterizedTest(name = "{0}–{1}")
    @CsvSource({
        "0.0.0.0, 0.255.255.255, -, 1.0.0.0",
        "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
        "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
        "168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17",
        "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
        "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0",
        "192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
        "192.31.196.0, 192.31.196.255, 192.31.195.255, 192.31.197.0",
        "192.52.193.0, 192.52.193.255, 192.52.192.255, 192.52.194.0",
        "192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0",
        "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
        "192.175.48.0, 192.175.48.255, 192.175.47.255, 192.175.49.0",
        "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
        "198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0",
        "203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0",
        "224.0.0.0, 255.255.255.255, 223.255.255.255, -",
        "::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:7fff:ffff:ffff:ffff:ffff:ffff, 2620:4f:8001::",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
        "4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
    })
    void special_ranges_are_refused_from_first_to_last_and_their_neighbours_are_not(
            String first, String last, String before, String after) {
        assertThat(SpecialRanges.isPublic(address(first))).as(first).isFalse();
        assertThat(SpecialRanges.isPublic(address(last))).as(last).isFalse();
        if (!before.equals("-")) {
            assertThat(SpecialRanges.isPublic(address(before))).as(before).isTrue();
            assertThat(number(address(before)).add(BigInteger.ONE)).isEqualTo(number(address(first)));
        }
        if (!after.equals("-")) {
            assertThat(SpecialRanges.isPublic(address(after))).as(after).isTrue();
            assertThat(number(address(last)).add(BigInteger.ONE)).isEqualTo(number(address(after)));
        }
    }

    /** As bytes, because the JDK turns a mapped address into IPv4 before anybody sees it. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000ffff7f000001, false",
        "00000000000000000000ffff08080808, true",
        "0000000000000000000000007f000001, false",
        "00000000000000000000000008080808, false",
        "0064ff9b0000000000000000a9fea9fe, false",
        "0064ff9b000000000000000008080808, true",
        "0064ff9b000100000000000008080808, false",
        "20027f00000100000000000000000000, false",
        "20020a00000100000000000000000000, false",
        "20020808080800000000000000000000, true",
        "200100000a0000010000ffff00000000, false",
        "20010000080808080000fffff5ffffff, false",
        "20010000080808080000fffff7f7f7f7, true",
        "fd00ec20000000000000000000000254, false",
        "fe800000000000000000000000000001, false",
        "ff020000000000000000000000000001, false",
        "26064700470000000000000000001111, true",
    })
    void an_ipv4_address_within_an_ipv6_address_is_judged_by_itself(String hex, boolean expected) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(SpecialRanges.isPublic(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1/ | http.url.address",
                "http://[::1]/ | http.url.address",
                "http://0.0.0.0/ | http.url.address",
                "http://[::]/ | http.url.address",
                "http://169.254.169.254/latest/meta-data | http.url.address",
                "http://100.100.100.200/ | http.url.address",
                "http://[fd00:ec2::254]/ | http.url.address",
                "http://[64:ff9b::7f00:1]/ | http.url.address",
                "http://[2002:7f00:1::]/ | http.url.address",
                "http://[::7f00:1]/ | http.url.address",
                "http://[::127.0.0.1]/ | http.url.literal",
                "http://[::ffff:127.0.0.1]/ | http.url.literal",
                "http://[0:0:0:0:0:0:0:1]/ | http.url.literal",
                "http://[fe80::1%25eth0]/ | http.url.literal",
                "http://[fe80::1%eth0]/ | http.url.literal",
                "http://127.1/ | http.url.host",
                "http://2130706433/ | http.url.literal",
                "http://0177.0.0.1/ | http.url.literal",
                "http://127.0.0.01/ | http.url.literal",
                "http://0x7f.1/ | http.url.host",
                "http://0x7f.0.0.1/ | http.url.host",
                "http://0x7f000001/ | http.url.literal",
                "http://a.0x7f/ | http.url.host",
                "http://256.256.256.256/ | http.url.host",
                "http://127.0.0.1./ | http.url.host",
                "http://example.com./ | http.url.host",
                "http://localhost./ | http.url.host",
                "http://user@93.184.216.34/ | http.url.userinfo",
                "http://user:pass@public.example/ | http.url.userinfo",
                "http://169.254.169.254:8888\\@public.example/ | http.url.unreadable",
                "http://public.example#@127.0.0.1/ | ",
                "http://public.example\\t.evil/ | http.url.unreadable",
                "http://public.example%00.evil/ | http.url.host",
                "http://under_score.example/ | http.url.host",
                "http://127。0。0。1/ | http.url.host",
                "http://１２７.0.0.1/ | http.url.host",
                "http://bücher.example/ | http.url.host",
                "http://xn--bcher-kva.example/ | ",
                "http:///path | http.url.host",
                "http:opaque | http.url.host",
                "public.example | http.url.unreadable",
                "file:///etc/passwd | http.url.scheme",
                "gopher://public.example/ | http.url.scheme",
                "ftp://public.example/ | http.url.scheme",
                "jar:http://public.example!/ | http.url.scheme",
                "HTTPS://Public.Example/ | ",
                "https://93.184.216.34/ | ",
                "https://[2606:4700:4700::1111]/ | ",
            })
    void a_host_is_refused_unless_everybody_reads_it_the_same_way(String url, String code) {
        assertThat(refusal(guard(PUBLIC), url)).isEqualTo(code == null ? "" : code);
    }

    @ParameterizedTest
    @CsvSource({
        "http, 80, true",
        "https, 443, true",
        "https, 80, false",
        "http, 443, false",
        "https, 0, false",
        "https, 22, false",
        "https, 25, false",
        "https, 1023, false",
        "https, 1024, true",
        "https, 3000, true",
        "https, 6379, false",
        "https, 5432, false",
        "https, 65535, true",
        "https, 65536, false",
        "https, 99999999999, false",
    })
    void only_ports_of_the_web_are_called(String scheme, String port, boolean allowed) {
        assertThat(refusal(guard(PUBLIC), scheme + "://public.example:" + port + "/")
                        .isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9100/, ''",
        "http://127.0.0.1:9101/, http.url.address",
        "http://127.0.0.2:9100/, http.url.address",
        "http://LOCALHOST:22/, ''",
        "http://localhost:23/, http.url.port",
        "http://localhost:9100/, http.url.address",
        "http://[::1]:9100/, ''",
        "http://user@127.0.0.1:9100/, http.url.userinfo",
        "ftp://127.0.0.1:9100/, http.url.scheme",
        "https://fake.test/, ''",
        "http://fake.test/, http.url.address",
    })
    void an_exception_holds_for_the_exact_pair_and_from_addresses_and_ports_only(String url, String code) {
        AddressGuard guard =
                guard(_ -> addresses("127.0.0.1"), "127.0.0.1:9100", "localhost:22", "[::1]:9100", "fake.test:443");
        assertThat(refusal(guard, url)).isEqualTo(code);
    }

    @Test
    void the_list_of_exceptions_names_every_entry_that_cannot_be_read() {
        assertThat(Peer.parseAll(" 127.0.0.1:9100 ,,[::1]:80"))
                .containsExactly(new Peer("127.0.0.1", 9100), new Peer("[::1]", 80));
        assertThat(Peer.parseAll("")).isEmpty();
        assertThatThrownBy(() -> Peer.parseAll("a:1,b,*:80,http://c:80,d:0,::1:80,e:x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not host:port: b, *:80, http://c:80, d:0, ::1:80, e:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34 10.0.0.1", "93.184.216.34 fd00::1", "127.0.0.1", "64:ff9b::a00:1"})
    void one_address_that_is_not_public_is_enough_to_refuse_a_name(String found) {
        assertThatThrownBy(() -> guard(_ -> addresses(found.split(" "))).check(URI.create("https://mixed.example/x")))
                .asInstanceOf(type(RefusedException.class))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(HttpFailure.Kind.ADDRESS_REFUSED);
                    assertThat(refused).hasMessageStartingWith("mixed.example:443: ");
                });
    }

    @Test
    void of_a_thousand_addresses_all_are_judged_and_eight_of_both_families_are_tried() throws Exception {
        InetAddress[] many = new InetAddress[1000];
        Arrays.setAll(many, i -> InetAddress.ofLiteral("2606:4700::" + Integer.toHexString(i + 1)));
        many[999] = InetAddress.ofLiteral("93.184.216.34");
        assertThat(guard(_ -> List.of(many))
                        .check(URI.create("https://many.example/"))
                        .addresses())
                .hasSize(8)
                .contains(many[0], many[999]);
        many[998] = InetAddress.ofLiteral("fd00::1");
        assertThat(refusal(guard(_ -> List.of(many)), "https://many.example/")).isEqualTo("http.url.address");
    }

    @Test
    void a_name_is_looked_up_once_and_literals_never() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        AddressGuard guard =
                guard(_ -> lookups.incrementAndGet() == 1 ? addresses("93.184.216.34") : addresses("127.0.0.1"));
        assertThat(guard.check(URI.create("https://rebinding.example/")).addresses())
                .isEqualTo(addresses("93.184.216.34"));
        guard.check(URI.create("https://93.184.216.34/"));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void a_lookup_ends_by_its_limit_and_by_interruption() {
        CountDownLatch never = new CountDownLatch(1);
        NameLookup slow = _ -> {
            try {
                never.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Collections.emptyList();
        };
        AddressGuard guard = new AddressGuard(Set.of(), slow, Duration.ofMillis(50));
        URI url = URI.create("https://slow.example/");
        assertThatThrownBy(() -> guard.check(url)).isInstanceOf(SocketTimeoutException.class);
        assertThat(refusal(guard, url.toString())).isEqualTo("http.url.lookup");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new AddressGuard(Set.of(), slow).check(url))
                .isInstanceOf(InterruptedIOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_name_that_does_not_exist_or_has_no_address_is_told_as_such() {
        assertThat(refusal(
                        guard(host -> {
                            throw new UnknownHostException(host);
                        }),
                        "https://nowhere.example"))
                .isEqualTo("http.url.name");
        assertThat(refusal(guard(_ -> List.of()), "https://nowhere.example")).isEqualTo("http.url.name");
    }

    @Test
    void a_person_is_told_the_remedy_in_both_languages() {
        Message told = guard(_ -> addresses("10.0.0.5"))
                .refusal("https://wiki.intern:3000/")
                .orElseThrow();
        Messages messages = new Messages();
        assertThat(messages.text(told, Locale.ENGLISH)).contains("wiki.intern:3000 in tocsin.http.allow");
        assertThat(messages.text(told, Locale.FRENCH)).contains("wiki.intern:3000 à tocsin.http.allow");
    }

    private static byte[] address(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }

    private static BigInteger number(byte[] address) {
        return new BigInteger(1, address);
    }
}
