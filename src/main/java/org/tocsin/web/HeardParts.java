package org.tocsin.web;

import org.tocsin.base.LongWork;
import org.tocsin.mention.ReplyRepository;
import org.tocsin.publishing.Answering;
import org.tocsin.watch.keeping.Tides;
import org.tocsin.watch.keeping.Voices;
import org.tocsin.watch.keeping.WatchHitRepository;

/**
 * What is shown of what was heard.
 *
 * @param tides   where a watch hears unusually much, or nothing
 * @param hits    what each watch matched
 * @param replies which posts answer it
 * @param answering which channels can answer it
 * @param voices  how much each watch heard beside the others
 * @param work    how far what takes long is
 */
public record HeardParts(
        Tides tides,
        WatchHitRepository hits,
        ReplyRepository replies,
        Answering answering,
        Voices voices,
        LongWork work) {}
