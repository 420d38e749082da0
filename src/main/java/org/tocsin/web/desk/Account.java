package org.tocsin.web.desk;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A channel as a person sees it.
 *
 * @param id         of the channel
 * @param name       for people
 * @param network    the adapter's id
 * @param letter     the network's mark
 * @param account    as the network shows it, empty where it was not told
 * @param health     how it is
 * @param why        what is wrong, empty for nothing
 * @param since      when it was asked, empty for never
 * @param ends       when its access ends, empty where that is not known
 * @param usual      whether a post that names no channel goes there
 * @param approval   whether what an author writes waits for a manager
 * @param described  whether an image needs a description
 * @param money      what it has cost this month, empty for nothing
 * @param costly     whether its network charges for what is sent and read
 * @param ceiling    what it may cost a month, in US dollars; empty for no ceiling
 * @param read       whether it is read, for money, how its posts were answered
 * @param connected  whether it can be connected again by a dialogue
 */
public record Account(
        String id,
        String name,
        String network,
        String letter,
        String account,
        HealthMark health,
        String why,
        String since,
        String ends,
        boolean usual,
        boolean approval,
        boolean described,
        String money,
        boolean costly,
        String ceiling,
        boolean read,
        boolean connected) {
    /** @return the names of the boxes that are ticked, for the form to say how they stood */
    public String ticked() {
        return Stream.of(
                        usual ? "usual" : "",
                        approval ? "approval" : "",
                        described ? "requireAlt" : "",
                        read ? "readEngagement" : "")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
