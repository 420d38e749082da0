package org.tocsin.app;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork;
import org.tocsin.network.rehearsal.RehearsalImage;
import org.tocsin.network.rehearsal.RehearsalPost;
import org.tocsin.network.rehearsal.RehearsalTimeline;
import org.tocsin.web.Rehearsals;

/** Shows the rehearsals' rows to the web, which knows no network. */
record RehearsalTimelines(UnitOfWork unitOfWork, RehearsalTimeline timeline) implements Rehearsals {
    @Override
    public List<Shown> newest(BranchId branch, String channelId, String after, int max) {
        return unitOfWork.read(tx -> timeline.newest(tx, branch, channelId, after, max)).stream()
                .map(RehearsalTimelines::shown)
                .toList();
    }

    @Override
    public Optional<Shown> find(BranchId branch, String channelId, String id) {
        return unitOfWork.read(tx -> timeline.find(tx, branch, channelId, id)).map(RehearsalTimelines::shown);
    }

    private static Shown shown(RehearsalPost post) {
        return new Shown(
                post.id(),
                post.channelId(),
                post.content().standsFor(),
                post.content().text(),
                post.content().language(),
                post.content().contentWarning(),
                post.content().visibility(),
                post.content().images().stream().map(RehearsalImage::alt).toList(),
                post.content().card(),
                post.content().parentId(),
                post.publishedAt(),
                post.withdrawnAt(),
                post.editedAt());
    }
}
