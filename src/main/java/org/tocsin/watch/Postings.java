package org.tocsin.watch;

import java.util.Arrays;

/** Watches filed under one key while a segment is built. */
final class Postings {
    private int[] posts = new int[1];
    private int size;

    void add(int post) {
        if (size == posts.length) {
            posts = Arrays.copyOf(posts, size * 2);
        }
        posts[size++] = post;
    }

    int size() {
        return size;
    }

    int copyTo(int[] target, int at) {
        System.arraycopy(posts, 0, target, at, size);
        return at + size;
    }
}
