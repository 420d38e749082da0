package org.tocsin.web.desk;

/**
 * Something that a person asked for by right.
 *
 * @param kind   what, in words
 * @param door   by which way
 * @param at     when it came
 * @param due    until when it must be answered
 * @param late   whether that is over
 * @param done   when and by whom it was answered; empty while it is open
 * @param note   of the team
 * @param person id of the subscriber; empty for nobody known
 * @param who    who he is; empty where he was erased, or nobody said
 */
public record RequestRow(
        String id,
        String kind,
        String door,
        String at,
        String due,
        boolean late,
        String done,
        String note,
        String person,
        String who) {}
