package org.tocsin.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Beginnings of words, letter by letter: walked once for a word, whatever the number of beginnings. */
final class Trie {
    private static final int ROOT = 0;

    /** The node in the upper bits and the letter in the lower 16, plus one; 0 for an empty slot. */
    private final long[] edges;

    private final int[] children;
    private final int[] starts;
    private final int[] posts;

    private Trie(long[] edges, int[] children, int[] starts, int[] posts) {
        this.edges = edges;
        this.children = children;
        this.starts = starts;
        this.posts = posts;
    }

    static Trie of(Map<String, Postings> filed) {
        List<Map<Character, Integer>> nodes = new ArrayList<>();
        nodes.add(new TreeMap<>());
        Map<Integer, Postings> byNode = new TreeMap<>();
        int count = 0;
        for (Map.Entry<String, Postings> entry : filed.entrySet()) {
            int node = ROOT;
            for (char c : entry.getKey().toCharArray()) {
                Integer child = nodes.get(node).get(c);
                if (child == null) {
                    child = nodes.size();
                    nodes.add(new TreeMap<>());
                    nodes.get(node).put(c, child);
                    count++;
                }
                node = child;
            }
            byNode.put(node, entry.getValue());
        }
        long[] edges = new long[Integer.highestOneBit(Math.max(1, count * 3 / 2)) << 1];
        int[] children = new int[edges.length];
        int[] starts = new int[nodes.size() + 1];
        int[] posts = new int[byNode.values().stream().mapToInt(Postings::size).sum()];
        int at = 0;
        for (int node = 0; node < nodes.size(); node++) {
            starts[node] = at;
            Postings own = byNode.get(node);
            at = own == null ? at : own.copyTo(posts, at);
            for (Map.Entry<Character, Integer> edge : nodes.get(node).entrySet()) {
                long key = key(node, edge.getKey());
                int slot = slot(key, edges.length);
                while (edges[slot] != 0) {
                    slot = (slot + 1) & (edges.length - 1);
                }
                edges[slot] = key;
                children[slot] = edge.getValue();
            }
        }
        starts[nodes.size()] = at;
        return new Trie(edges, children, starts, Arrays.copyOf(posts, at));
    }

    private static long key(int node, char c) {
        return (((long) node << 16) | c) + 1;
    }

    private static int slot(long key, int size) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 40) & (size - 1);
    }

    boolean isEmpty() {
        return posts.length == 0;
    }

    int root() {
        return ROOT;
    }

    /** @return the node that a letter leads to, -1 where no beginning goes on so */
    int child(int node, char c) {
        long key = key(node, c);
        for (int slot = slot(key, edges.length); edges[slot] != 0; slot = (slot + 1) & (edges.length - 1)) {
            if (edges[slot] == key) {
                return children[slot];
            }
        }
        return -1;
    }

    int start(int node) {
        return starts[node];
    }

    int end(int node) {
        return starts[node + 1];
    }

    int post(int at) {
        return posts[at];
    }
}
