package org.tocsin.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.camel.DueComponent;

class FeedsRouteTest {
    @TempDir
    Path folder;

    /** In the place of the pinger. */
    public static final class Heard {
        private final List<String> topics = new CopyOnWriteArrayList<>();

        /** Called by the route. */
        public void ping(FeedPing ping) {
            topics.add(ping.topic());
        }
    }

    @Test
    void the_route_brings_each_ping_to_the_bean() throws Exception {
        Heard heard = new Heard();
        try (FeedBench bench = new FeedBench(folder, URI.create("https://hub.example/"));
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("due", new DueComponent(Clock.systemUTC()));
            camel.getRegistry().bind("feed-pings", bench.pings);
            camel.getRegistry().bind("webSub", heard);
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:routes/feeds.camel.yaml"));
            camel.start();
            assertThat(camel.getRoute("feeds").getDescription()).isNotBlank();
            bench.publish("un");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(heard.topics)
                            .contains(
                                    "https://exemple.fr/feeds/posts.rss",
                                    "https://exemple.fr/feeds/posts.atom",
                                    "https://exemple.fr/feeds/posts.json"));
        }
    }
}
