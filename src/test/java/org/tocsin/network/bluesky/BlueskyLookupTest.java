package org.tocsin.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.mention.Author;
import org.tocsin.mention.AuthorLookup;
import org.tocsin.network.TestClock;

/** Who a handle is, by the server of a channel or by the one that answers everybody. */
class BlueskyLookupTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
    private BlueskyBinding binding;
    private OutboundHttp http;
    private BlueskyLookup lookup;

    @BeforeEach
    void open() throws IOException {
        binding = new BlueskyBinding(new FakeBluesky(clock), FakeBluesky.HANDLE, FakeBluesky.APP_PASSWORD);
        http = new OutboundHttp(
                new AddressGuard(Set.of(binding.server().peer())), "Tocsin/test", null, Ticker.system());
        lookup = new BlueskyLookup(
                http, binding.sessions(), clock, URI.create(binding.server().origin()));
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        binding.close();
    }

    @Test
    void a_handle_is_resolved_with_a_channel_and_without() {
        for (AuthorLookup.Found found : new AuthorLookup.Found[] {
            lookup.ask("alice.test", binding.channel()), lookup.ask("bsky.app/profile/alice.test", null)
        }) {
            assertThat(found)
                    .isInstanceOfSatisfying(
                            AuthorLookup.Same.class,
                            same -> assertThat(same.names())
                                    .extracting(Author::handle)
                                    .containsExactly("alice.test", FakeBluesky.ALICE));
        }
    }

    @Test
    void what_is_not_known_or_cannot_be_asked_is_said() {
        assertThat(lookup.ask("bob.test", null))
                .isInstanceOfSatisfying(
                        AuthorLookup.Untold.class,
                        untold -> assertThat(untold.why().code()).isEqualTo("bluesky.lookup.nobody"));
        BlueskyLookup gone = new BlueskyLookup(http, binding.sessions(), clock, URI.create("http://127.0.0.1:9"));
        assertThat(gone.ask("alice.test", null))
                .isInstanceOfSatisfying(
                        AuthorLookup.Untold.class,
                        untold -> assertThat(untold.why().code()).isEqualTo("bluesky.lookup.failed"));
    }

    @Test
    void names_of_elsewhere_are_not_asked_for() {
        int before = binding.server().requests().size();
        for (String name : new String[] {"rose", "rose@ville.social", "ville.social/@rose", "12345"}) {
            assertThat(lookup.ask(name, null)).isInstanceOf(AuthorLookup.Other.class);
        }
        assertThat(lookup.ask(FakeBluesky.ALICE, null)).isInstanceOf(AuthorLookup.Same.class);
        assertThat(binding.server().requests()).hasSize(before);
    }
}
