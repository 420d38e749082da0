package org.tocsin.network;

import java.time.Duration;
import java.util.List;

/**
 * At most so many creations in any window of that length, per account.
 *
 * @param name    distinguishes the rates of one network: {@code posts-3h}
 * @param permits at least 1
 * @param window  longer than zero
 */
public record Rate(String name, int permits, Duration window) {
    private static final String SETTING = "rate.";
    private static final String OFF = "off";

    /**
     * Applies the channel's own figures: the setting {@code rate.<name>} is another number of permits, or {@code off}. A value that is
     * neither leaves the rate as it is.
     *
     * @param rates of the network
     * @return those that hold for the channel
     */
    public static List<Rate> forChannel(Channel channel, List<Rate> rates) {
        return rates.stream()
                .filter(rate ->
                        !channel.setting(SETTING + rate.name()).orElse("").equals(OFF))
                .map(rate -> channel.setting(SETTING + rate.name())
                        .filter(value -> value.matches("[1-9]\\d{0,6}"))
                        .map(value -> new Rate(rate.name(), Integer.parseInt(value), rate.window()))
                        .orElse(rate))
                .toList();
    }
}
