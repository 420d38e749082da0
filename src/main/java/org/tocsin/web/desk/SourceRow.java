package org.tocsin.web.desk;

import java.util.List;

/**
 * A source as a person sees it.
 *
 * @param well   whether it is listened to and was read well
 * @param state  in words
 * @param last   when it was read last, in words
 * @param reason why it is not well; empty where it is
 * @param gaps   when something may have been missed, in words, newest first
 * @param aside  what of it could not be read, in words; empty where everything could
 */
public record SourceRow(
        String id,
        String name,
        String url,
        boolean listening,
        boolean well,
        String state,
        String last,
        String reason,
        List<String> gaps,
        String aside,
        long version) {}
