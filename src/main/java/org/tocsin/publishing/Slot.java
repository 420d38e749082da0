package org.tocsin.publishing;

import java.time.DayOfWeek;
import java.time.LocalTime;
import org.tocsin.base.BranchId;

/**
 * A time of the week at which a channel likes to publish.
 *
 * @param weekday in the organisation's zone
 * @param time    local, to the minute
 */
public record Slot(String id, BranchId branch, String channelId, DayOfWeek weekday, LocalTime time) {}
