package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;

/**
 * What words would have done, as a person sees it.
 *
 * @param said    in a sentence: hits, stories a week, what was read
 * @param plain   what the words mean
 * @param remarks what the author may want to know
 * @param days    day in words and hits
 * @param svg     the same as a picture
 * @param samples the newest
 * @param authors who would ring most, with how often
 * @param uncovered sources of which the log does not have the whole time, in words, and whether it was stopped
 * @param words   what stands beside the words, with how often
 */
public record TrialSeen(
        String said,
        String plain,
        List<String> remarks,
        Map<String, Integer> days,
        String svg,
        List<HeardRow> samples,
        Map<String, Integer> authors,
        Map<String, Integer> words,
        List<String> uncovered) {}
