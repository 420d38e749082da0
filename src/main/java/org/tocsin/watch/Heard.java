package org.tocsin.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Address;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.Token;
import org.tocsin.analysis.Tokens;
import org.tocsin.mention.Item;

/**
 * An item with its words read once, for matching, indexing and highlighting alike. What few watches ask for is read when it is first
 * asked; so one thread at a time uses it.
 */
public final class Heard {
    private static final Tokens NOTHING = new Tokens(List.of(), 0, List.of(), false);

    private final Analysis analysis;
    private final Item item;
    private final Tokens title;
    private final Tokens text;
    private final Passage body;
    private @Nullable Passage author;
    private @Nullable Passage address;
    private @Nullable Set<String> sites;

    private Heard(Analysis analysis, Item item, Tokens title, Tokens text, Passage body) {
        this.analysis = analysis;
        this.item = item;
        this.title = title;
        this.text = text;
        this.body = body;
    }

    /** Reads an item. */
    public static Heard of(Item item, Analysis analysis) {
        Tokens text = analysis.text(item.text());
        String headline = item.title();
        Tokens title = headline == null ? NOTHING : analysis.text(headline);
        return of(item, analysis, title, text);
    }

    /** An item whose title and text were read by the given analysis before. */
    public static Heard of(Item item, Analysis analysis, Tokens title, Tokens text) {
        Passage body = item.title() == null ? Passage.of(text) : Passage.of(title, text);
        return new Heard(analysis, item, title, text, body);
    }

    public Item item() {
        return item;
    }

    /** @return the words of the title, none where there is no title */
    public Tokens title() {
        return title;
    }

    public Tokens text() {
        return text;
    }

    Passage body() {
        return body;
    }

    Passage passage(Scope scope) {
        return switch (scope) {
            case BODY, TITLE -> body;
            case AUTHOR -> author();
            case ADDRESS -> address();
        };
    }

    /** @return the position before which something stands in the title */
    int bound(Scope scope) {
        return scope == Scope.TITLE ? body.second() : Integer.MAX_VALUE;
    }

    Passage author() {
        Passage read = author;
        if (read == null) {
            String name = item.author().name();
            read = Passage.of(name == null ? NOTHING : analysis.text(name));
            author = read;
        }
        return read;
    }

    Passage address() {
        Passage read = address;
        if (read == null) {
            read = Passage.of(Addresses.joined(addresses(), analysis));
            address = read;
        }
        return read;
    }

    private List<String> addresses() {
        List<String> all = new ArrayList<>();
        String own = item.url();
        if (own != null) {
            all.add(own);
        }
        all.addAll(item.links());
        title.addresses().forEach(link -> all.add(link.url()));
        text.addresses().forEach(link -> all.add(link.url()));
        return all;
    }

    /** @return the hosts that it stands on or links to, and those above them */
    public Set<String> sites() {
        Set<String> read = sites;
        if (read == null) {
            read = new LinkedHashSet<>();
            String own = item.site();
            if (own != null) {
                addSite(read, analysis.host(own));
            }
            String url = item.url();
            if (url != null) {
                addSite(read, analysis.host(url));
            }
            for (String link : item.links()) {
                addSite(read, analysis.host(link));
            }
            for (Address link : title.addresses()) {
                addSite(read, link.host());
            }
            for (Address link : text.addresses()) {
                addSite(read, link.host());
            }
            sites = read;
        }
        return read;
    }

    private static void addSite(Set<String> sites, String host) {
        String rest = host;
        while (!rest.isEmpty() && sites.add(rest)) {
            int dot = rest.indexOf('.');
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
    }

    /** @return tags that the source gave beside the text, folded */
    Set<String> givenTags() {
        if (item.tags().isEmpty()) {
            return Set.of();
        }
        Set<String> tags = new HashSet<>();
        item.tags().forEach(tag -> tags.add(analysis.tag(tag)));
        return tags;
    }

    /** @return handles that the source says are mentioned: in full, and without their server */
    Set<String> givenHandles() {
        if (item.mentions().isEmpty()) {
            return Set.of();
        }
        Set<String> handles = new HashSet<>();
        item.mentions().forEach(handle -> addHandle(handles, handle));
        return handles;
    }

    /** @return the author's handle, in full and without its server */
    Set<String> authors() {
        String handle = item.author().handle();
        if (handle == null) {
            return Set.of();
        }
        Set<String> handles = new HashSet<>();
        addHandle(handles, handle);
        return handles;
    }

    private void addHandle(Set<String> handles, String handle) {
        String form = analysis.handle(handle);
        handles.add(form);
        int server = form.indexOf('@');
        if (server > 0) {
            handles.add(form.substring(0, server));
        }
    }

    /** @return the language, and each wider one: {@code fr-ca}, {@code fr} */
    List<String> languages() {
        String tag = item.language();
        if (tag == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        String rest = tag.toLowerCase(Locale.ROOT).replace('_', '-');
        while (!rest.isEmpty()) {
            all.add(rest);
            rest = rest.substring(0, Math.max(0, rest.lastIndexOf('-')));
        }
        return all;
    }

    /** @return the source's id and network, folded */
    List<String> sources() {
        return List.of(analysis.fold(item.sourceId()), analysis.fold(item.network()));
    }

    boolean hasLink() {
        return !item.links().isEmpty()
                || !text.addresses().isEmpty()
                || !title.addresses().isEmpty();
    }

    boolean hasTag() {
        if (!item.tags().isEmpty()) {
            return true;
        }
        for (int i = 0; i < body.size(); i++) {
            if (body.token(i).kind() == Token.Kind.TAG) {
                return true;
            }
        }
        return false;
    }
}
