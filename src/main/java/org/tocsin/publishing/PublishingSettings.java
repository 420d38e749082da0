package org.tocsin.publishing;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The organisation's habits.
 *
 * @param language  of posts that do not say theirs, BCP 47
 * @param zone      of times that do not say theirs
 * @param undo      how long a post may be taken back before anything leaves
 * @param linkCards whether linked pages are read for their cards
 */
public record PublishingSettings(String language, ZoneId zone, Duration undo, boolean linkCards) {}
