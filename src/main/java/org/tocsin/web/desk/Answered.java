package org.tocsin.web.desk;

import java.util.List;

/**
 * How a post was answered, as its page shows it.
 *
 * @param rows     for each channel that tells: its name, five numbers, and when they were told
 * @param sum      of the numbers, empty where there is one row or none
 * @param told     on how many channels the sum rests
 * @param notes    what is to be known: who does not tell, what is gone, what failed
 * @param histories the readings of each channel
 */
public record Answered(
        List<List<String>> rows, List<String> sum, int told, List<String> notes, List<History> histories) {
    /**
     * @param rows a time and five numbers each
     */
    public record History(String channel, List<List<String>> rows) {}
}
