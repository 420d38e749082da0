package org.tocsin.delivery;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Fault;
import org.tocsin.media.ImageLimits;
import org.tocsin.media.MediaType;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Cost;
import org.tocsin.network.DeleteResult;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.Draft;
import org.tocsin.network.EditResult;
import org.tocsin.network.Editing;
import org.tocsin.network.FindResult;
import org.tocsin.network.Guarantee;
import org.tocsin.network.Intent;
import org.tocsin.network.Limits;
import org.tocsin.network.Network;
import org.tocsin.network.Probed;
import org.tocsin.network.PublishResult;
import org.tocsin.network.Query;
import org.tocsin.network.Rate;
import org.tocsin.network.Receipt;
import org.tocsin.network.RenderResult;
import org.tocsin.network.Rewording;
import org.tocsin.network.Segment;
import org.tocsin.network.SegmentImage;
import org.tocsin.network.UploadResult;
import org.tocsin.post.TextSize;

/** A network in memory that answers as a test tells it to, and remembers what it was asked. Unscripted, everything works. */
final class ScriptedNetwork implements Network {
    /** A request that arrived. */
    record Sent(String channelId, Intent intent) {}

    private final Clock clock;
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger renderings = new AtomicInteger();
    private final Deque<Supplier<PublishResult>> answers = new ArrayDeque<>();
    private final Deque<PublishResult.NoEffect> blocks = new ArrayDeque<>();
    private final Deque<FindResult> findings = new ArrayDeque<>();
    private final Deque<UploadResult> uploads = new ArrayDeque<>();
    private final Deque<DeleteResult> deletions = new ArrayDeque<>();
    private final Deque<EditResult> edits = new ArrayDeque<>();

    final List<Sent> sent = new ArrayList<>();
    final List<String> resumed = new ArrayList<>();
    final List<Intent> probed = new ArrayList<>();
    final List<String> uploaded = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    final List<String> edited = new ArrayList<>();
    boolean canEdit = true;
    Runnable whileEditing = () -> {};
    Guarantee guarantee = Guarantee.of(Guarantee.Kind.PROBED);
    List<Rate> rates = List.of();
    Cost cost = Cost.FREE;
    final Map<Query, Cost> prices = new EnumMap<>(Query.class);
    Cost probeCost = Cost.FREE;
    int checked;
    BiConsumer<Channel, Intent> whilePublishing = (channel, intent) -> {};
    Runnable whileRendering = () -> {};
    Runnable whileFinding = () -> {};
    Runnable whileAskedForItsGuarantee = () -> {};
    Runnable whileAskedForItsLimits = () -> {};
    Runnable whileDeleting = () -> {};
    ChannelHealth.Status health = ChannelHealth.Status.OK;

    ScriptedNetwork(Clock clock) {
        this.clock = clock;
    }

    /** The next requests are answered so, in that order. */
    void answers(PublishResult... results) {
        for (PublishResult result : results) {
            answers.add(() -> result);
        }
    }

    /** The next request fails in the adapter. */
    void fails(RuntimeException failure) {
        answers.add(() -> {
            throw failure;
        });
    }

    /** The next preparation comes to that. */
    void blocks(PublishResult.NoEffect outcome) {
        blocks.add(outcome);
    }

    void finds(FindResult... results) {
        findings.addAll(List.of(results));
    }

    void uploads(UploadResult... results) {
        uploads.addAll(List.of(results));
    }

    void deletes(DeleteResult... results) {
        deletions.addAll(List.of(results));
    }

    void edits(EditResult... results) {
        edits.addAll(List.of(results));
    }

    Receipt receipt() {
        String id = "r" + ids.incrementAndGet();
        return new Receipt(id, "https://network.example/" + id, clock.instant(), Map.of());
    }

    /** @return the texts that arrived, in order */
    List<String> texts() {
        return sent.stream().map(one -> one.intent().text()).toList();
    }

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public Limits limits(Channel channel) {
        whileAskedForItsLimits.run();
        ImageLimits images = new ImageLimits(Set.of(MediaType.PNG), 1_000_000, 1_000_000, 1000, 2000);
        return new Limits(
                500, 500, "utf-16", 4, images, 100, false, List.of(), rates, false, LocalDate.EPOCH, "made up");
    }

    @Override
    public TextSize measure(Channel channel, Draft draft) {
        return new TextSize(draft.text().length(), 500, "utf-16");
    }

    @Override
    public Guarantee guarantee(Channel channel) {
        whileAskedForItsGuarantee.run();
        return guarantee;
    }

    @Override
    public DeliveryKey newKey() {
        return new DeliveryKey(UUID.randomUUID().toString());
    }

    @Override
    public List<Fault> validate(Channel channel) {
        return List.of();
    }

    @Override
    public UploadResult upload(Channel channel, SegmentImage image) {
        uploaded.add(image.alt());
        return Optional.ofNullable(uploads.poll()).orElse(new UploadResult.Uploaded("upload-" + uploaded.size()));
    }

    @Override
    public UploadResult uploadState(Channel channel, String handle) {
        return Optional.ofNullable(uploads.poll()).orElse(new UploadResult.Uploaded(handle));
    }

    @Override
    public RenderResult render(
            Channel channel, Segment segment, DeliveryKey key, @Nullable Receipt parent, List<String> handles) {
        whileRendering.run();
        PublishResult.NoEffect block = blocks.poll();
        if (block != null) {
            return new RenderResult.NotRendered(block);
        }
        // Each rendering differs, as one with a time in it does: a request that was made anew is seen.
        String body = segment.text() + "|" + key.value() + "|" + handles + "|" + renderings.incrementAndGet();
        return new RenderResult.Rendered(body, segment.text());
    }

    @Override
    public PublishResult publish(Channel channel, Intent intent) {
        sent.add(new Sent(channel.id(), intent));
        whilePublishing.accept(channel, intent);
        Supplier<PublishResult> answer = answers.poll();
        return answer == null ? new PublishResult.Published(receipt()) : answer.get();
    }

    @Override
    public PublishResult resume(Channel channel, Intent intent, String handle) {
        resumed.add(handle);
        Supplier<PublishResult> answer = answers.poll();
        return answer == null ? new PublishResult.Published(receipt()) : answer.get();
    }

    @Override
    public FindResult find(Channel channel, Intent intent) {
        probed.add(intent);
        whileFinding.run();
        return Optional.ofNullable(findings.poll()).orElse(new FindResult.AbsentAsOf(clock.instant()));
    }

    @Override
    public Probed probe(Channel channel, Intent intent) {
        return new Probed(find(channel, intent), probeCost);
    }

    @Override
    public DeleteResult delete(Channel channel, Receipt receipt) {
        deleted.add(receipt.remoteId());
        whileDeleting.run();
        return Optional.ofNullable(deletions.poll()).orElse(new DeleteResult.Gone());
    }

    @Override
    public Optional<Editing> editing(Channel channel) {
        return canEdit ? Optional.of(new Scripted()) : Optional.empty();
    }

    private final class Scripted implements Editing {
        @Override
        public RenderResult render(Channel channel, Rewording rewording) {
            return new RenderResult.Rendered(rewording.text() + "|" + renderings.incrementAndGet(), rewording.text());
        }

        @Override
        public EditResult edit(Channel channel, Receipt receipt, String body) {
            edited.add(receipt.remoteId() + " " + body);
            whileEditing.run();
            return Optional.ofNullable(edits.poll()).orElse(new EditResult.Edited(receipt));
        }
    }

    @Override
    public ChannelHealth check(Channel channel) {
        checked++;
        return new ChannelHealth(health, null, health == ChannelHealth.Status.OK ? "account" : null, clock.instant());
    }

    @Override
    public Cost cost(Channel channel, Segment segment) {
        return cost;
    }

    @Override
    public Cost cost(Channel channel, Query query) {
        return prices.getOrDefault(query, Cost.FREE);
    }
}
