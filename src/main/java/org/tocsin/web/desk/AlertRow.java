package org.tocsin.web.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.watch.keeping.Alert;

/**
 * An alert as a person sees it.
 *
 * @param heard     what was said
 * @param state     in words
 * @param notes     what else there is to say: for whom, who sees to it, why it was not pushed
 * @param reply     how it is answered
 * @param replies   what we have answered
 * @param answerUrl where it was answered; null where that is not known
 */
public record AlertRow(
        HeardRow heard,
        String id,
        boolean urgent,
        Alert.State at,
        String state,
        List<String> notes,
        ReplyButton reply,
        List<Reply> replies,
        @Nullable String answerUrl,
        String assignee,
        long version) {}
