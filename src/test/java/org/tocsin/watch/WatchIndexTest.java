package org.tocsin.watch;

/** The index, held to the exhaustive evaluation. */
class WatchIndexTest extends WatchIndexContract {
    @Override
    Evaluation evaluation() {
        return new Evaluation(analysis, lists);
    }
}
