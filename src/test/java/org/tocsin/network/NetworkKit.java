package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.media.FittedImage;
import org.tocsin.media.MediaType;
import org.tocsin.network.NetworkBinding.Ability;

/** What the groups of {@link NetworkContract} stand on: one binding, one client, one adapter, and the steps of the dispatcher. */
public abstract class NetworkKit {
    /** When the tests begin, unless {@link #start()} says otherwise. */
    protected static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    protected NetworkBinding binding;
    protected FakeServer server;
    protected OutboundHttp http;
    protected TestClock clock;
    protected Network network;
    protected Channel channel;

    /** A binding with a server of its own. */
    protected abstract NetworkBinding bind(TestClock clock) throws Exception;

    /** When the test begins. */
    protected Instant start() {
        return START;
    }

    /** Opens everything anew. */
    @BeforeEach
    public void openKit() throws Exception {
        clock = new TestClock(start());
        binding = bind(clock);
        server = binding.server();
        http = client();
        network = binding.open(http, clock);
        channel = binding.channel();
    }

    /** A client that may call the server and nothing else on this machine. */
    protected OutboundHttp client() {
        return new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
    }

    /** Closes everything, also where opening has failed half-way. */
    @AfterEach
    public void closeKit() throws Exception {
        if (http != null) {
            http.close();
        }
        if (binding != null) {
            binding.close();
        }
    }

    /** Skips the test, visibly, where the network lacks something. */
    protected void needs(Ability ability) {
        String reason = binding.lacks().get(ability);
        Assumptions.assumeTrue(reason == null, () -> "lacks " + ability + ": " + reason);
    }

    /** A segment that is only a text. */
    protected static Segment segment(String text) {
        return new Segment(0, 1, text, List.of(), "fr", null, null, null, null);
    }

    /** Renders as the dispatcher does; the test fails where there is no request. */
    protected Intent intent(Segment segment, @Nullable Receipt parent, List<String> uploads) {
        return intent(segment, parent, uploads, network.newKey());
    }

    /** As above under a given key. */
    protected Intent intent(Segment segment, @Nullable Receipt parent, List<String> uploads, DeliveryKey key) {
        RenderResult result = network.render(channel, segment, key, parent, uploads);
        assertThat(result).isInstanceOf(RenderResult.Rendered.class);
        RenderResult.Rendered rendered = (RenderResult.Rendered) result;
        String parentId = parent == null ? null : parent.remoteId();
        return new Intent(
                key,
                rendered.body(),
                rendered.text(),
                sha256(rendered.text()),
                parentId,
                clock.instant(),
                clock.instant(),
                _ -> false);
    }

    /** The intent of a text. */
    protected Intent intent(String text) {
        return intent(segment(text), null, List.of());
    }

    /** The same intent, where other deliveries own some remote ids. */
    protected static Intent taking(Intent intent, Predicate<String> taken) {
        return new Intent(
                intent.key(),
                intent.body(),
                intent.text(),
                intent.textHash(),
                intent.parentRemoteId(),
                intent.firstAt(),
                intent.at(),
                taken);
    }

    /** Publishes; the test fails where it is not published. */
    protected Receipt published(Intent intent) {
        PublishResult result = network.publish(channel, intent);
        assertThat(result).isInstanceOf(PublishResult.Published.class);
        return ((PublishResult.Published) result).receipt();
    }

    /** Uploads, and asks until the network has processed it. */
    protected String uploaded(SegmentImage image) {
        UploadResult result = network.upload(channel, image);
        for (int asked = 0; result instanceof UploadResult.Processing processing && asked < 10; asked++) {
            result = network.uploadState(channel, processing.handle());
        }
        assertThat(result).isInstanceOf(UploadResult.Uploaded.class);
        return ((UploadResult.Uploaded) result).handle();
    }

    /** A small PNG file. */
    protected SegmentImage image(String alt) throws IOException {
        Path file = Files.createTempFile(folder, "image", ".png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        FittedImage fitted = new FittedImage(file, MediaType.PNG, 40, 30, Files.size(file), sha256(file.toString()));
        return new SegmentImage(fitted, alt);
    }

    /** The channel without one setting or secret. */
    protected static Channel without(Channel channel, String name) {
        Map<String, String> settings = new HashMap<>(channel.settings());
        Map<String, Secret> secrets = new HashMap<>(channel.secrets());
        settings.remove(name);
        secrets.remove(name);
        return changed(channel, settings, secrets);
    }

    /** The channel with another setting. */
    protected static Channel setting(Channel channel, String name, String value) {
        Map<String, String> settings = new HashMap<>(channel.settings());
        settings.put(name, value);
        return changed(channel, settings, channel.secrets());
    }

    /** The channel with every secret replaced. */
    protected static Channel withWrongSecrets(Channel channel) {
        Map<String, Secret> secrets = new HashMap<>(channel.secrets());
        secrets.replaceAll((_, secret) -> Secret.of(twisted(secret.reveal())));
        return changed(channel, channel.settings(), secrets);
    }

    /** Another secret of the same shape. */
    private static String twisted(String secret) {
        char last = secret.charAt(secret.length() - 1);
        return secret.substring(0, secret.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private static Channel changed(Channel channel, Map<String, String> settings, Map<String, Secret> secrets) {
        return new Channel(
                channel.id() + "-changed",
                channel.branch(),
                channel.name(),
                channel.network(),
                settings,
                secrets,
                channel.createdAt());
    }

    /** The secrets of the channel in clear. */
    protected List<String> secrets() {
        List<String> clear = new ArrayList<>();
        channel.secrets().values().forEach(secret -> clear.add(secret.reveal()));
        return clear;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
