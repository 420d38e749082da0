package org.tocsin.subscriber;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.tocsin.base.Tx;

/**
 * Keeps the lines of the list in the order in which what they tell is committed. Who goes is written down before the commit, in the transaction
 * itself: transactions come one after the other. Who comes back is written down after it, for else a commit that fails would undo his leaving.
 * Several transactions share a commit, so that somebody may come back and leave again before his coming back can be written: then it is not
 * written any more.
 */
public final class LeaveOrder implements LeaveLog {
    private final LeaveLog list;
    /** Of transactions that are not committed yet. One that is rolled back is forgotten with its hook. */
    private final Set<Waiting> waiting;

    public LeaveOrder(LeaveLog list) {
        this.list = list;
        this.waiting = Collections.newSetFromMap(new WeakHashMap<>());
    }

    /** A line whose transaction is not committed yet. */
    private static final class Waiting {
        private final Line line;
        private boolean overtaken;

        private Waiting(Line line) {
            this.line = line;
        }

        private boolean sameAs(Line other) {
            return line.key().equals(other.key()) && line.branch().equals(other.branch());
        }
    }

    /** To be called in the transaction of what the lines tell; see {@link LeaveLog#add(List)}. */
    @Override
    public synchronized void add(List<Line> lines) {
        waiting.stream().filter(one -> lines.stream().anyMatch(one::sameAs)).forEach(one -> one.overtaken = true);
        list.add(lines);
    }

    /** Adds a line once the transaction is durable, unless another of the same key was added meanwhile. */
    public synchronized void addAfter(Tx tx, Line line) {
        Waiting one = new Waiting(line);
        waiting.add(one);
        tx.afterCommit(() -> settle(one));
    }

    private synchronized void settle(Waiting one) {
        waiting.remove(one);
        if (!one.overtaken) {
            list.add(List.of(one.line));
        }
    }

    @Override
    public List<Line> lines() {
        return list.lines();
    }
}
