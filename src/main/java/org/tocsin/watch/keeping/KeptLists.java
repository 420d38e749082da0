package org.tocsin.watch.keeping;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.watch.WordList;
import org.tocsin.watch.WordLists;

/** The word lists as matching needs them: in memory, each branch's its own. */
public final class KeptLists implements WordLists {
    private record Key(String branch, String name) {}

    private final Map<Key, WordList> lists;

    public KeptLists() {
        this.lists = new ConcurrentHashMap<>();
    }

    /** Takes all of them, as at the start. */
    public void load(List<NamedList> all) {
        all.forEach(this::put);
    }

    void put(NamedList list) {
        lists.put(key(list), new WordList(list.name(), list.version(), list.entries()));
    }

    void remove(NamedList list) {
        lists.remove(key(list));
    }

    private static Key key(NamedList list) {
        return new Key(list.branch().value(), list.name());
    }

    /** Whoever says no branch means the main one. */
    @Override
    public @Nullable WordList find(String name) {
        return lists.get(new Key(BranchId.MAIN.value(), name));
    }

    @Override
    public WordLists of(String owner) {
        return owner.isEmpty() ? this : name -> lists.get(new Key(owner, name));
    }
}
