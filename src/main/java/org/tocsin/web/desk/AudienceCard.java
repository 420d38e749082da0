package org.tocsin.web.desk;

/**
 * One channel's audience as a page shows it. All texts are in the reader's language.
 *
 * @param id        of the channel
 * @param letter    the network's mark
 * @param followers the last figure; empty where there is none
 * @param asOf      of which day it is, and whether it was imported
 * @param kind      {@code good}, {@code wrong} or {@code quiet}: the colour of the growth
 * @param growth    empty where it is not known
 * @param since     from which day to which; empty where the growth is not known
 * @param before    the growth of the period before; empty where it is not known
 * @param why       why it was not told last time; empty where it was
 * @param svg       the chart, for those without script; empty where there is no figure in the period
 * @param days      of the figures, counted from the first of the period, with blanks between
 * @param values    of those days
 * @param imported  days of those of its figures that were imported, counted in the same way
 * @param posts     days on which something went out there, counted in the same way
 */
public record AudienceCard(
        String id,
        String name,
        String network,
        String letter,
        String followers,
        String asOf,
        String kind,
        String growth,
        String since,
        String before,
        String why,
        String svg,
        String days,
        String values,
        String imported,
        String posts) {}
