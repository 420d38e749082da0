package org.tocsin.web.desk;

import java.util.List;
import java.util.Optional;
import org.tocsin.base.Message;

/**
 * What a browser calls itself, as people call it. The order matters: nearly every browser calls itself by the names of others as well
 * (HTML Living Standard, “NavigatorID”, and RFC 9110, 10.1.5).
 */
public final class Devices {
    private static final List<Name> BROWSERS = List.of(
            new Name("Edg", "Edge"),
            new Name("OPR/", "Opera"),
            new Name("SamsungBrowser/", "Samsung Internet"),
            new Name("Firefox/", "Firefox"),
            new Name("FxiOS/", "Firefox"),
            new Name("CriOS/", "Chrome"),
            new Name("Chrome/", "Chrome"),
            new Name("Safari/", "Safari"));
    private static final List<Name> SYSTEMS = List.of(
            new Name("Android", "Android"),
            new Name("iPhone", "iPhone"),
            new Name("iPad", "iPad"),
            new Name("CrOS", "ChromeOS"),
            new Name("Windows", "Windows"),
            new Name("Mac OS X", "Mac"),
            new Name("Linux", "Linux"));

    private Devices() {}

    private record Name(String mark, String name) {}

    /**
     * @param about as a browser calls itself; any text
     * @return browser and system in words; what it calls itself where one of them is not known
     */
    public static String named(Visit visit, String about) {
        return known(about).map(visit::said).orElse(about);
    }

    static Optional<Message> known(String about) {
        String browser = first(BROWSERS, about);
        String system = first(SYSTEMS, about);
        return browser.isEmpty() || system.isEmpty()
                ? Optional.empty()
                : Optional.of(Message.of("desk.account.device", "browser", browser, "system", system));
    }

    private static String first(List<Name> names, String about) {
        return names.stream()
                .filter(one -> about.contains(one.mark()))
                .map(Name::name)
                .findFirst()
                .orElse("");
    }
}
