package org.tocsin.web.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.tocsin.web.Endpoint;
import org.tocsin.web.Response;

/** The style sheet, the script and the icon. Their addresses change with their content, so that a browser may keep them. */
public final class Assets {
    private static final byte[] STYLE = read("desk.css");
    private static final byte[] SCRIPT = read("desk.js");
    private static final byte[] WRITE = read("write.js");
    private static final byte[] EDIT = read("edit.js");
    private static final byte[] PREVIEW = read("preview.js");
    private static final byte[] IMAGES = read("images.js");
    private static final byte[] RESTART = read("restart.js");
    private static final byte[] LETTERS = read("letters.js");
    private static final byte[] DRAFTS = read("drafts.js");
    private static final byte[] CALENDAR = read("calendar.js");
    private static final byte[] TABLES = read("tables.js");
    private static final byte[] COMING = read("coming.js");
    private static final byte[] WATCH = read("watch.js");
    private static final byte[] LIVE = read("live.js");
    private static final byte[] PARSED = read("parsed.js");
    private static final byte[] ICON = read("icon.svg");
    private static final byte[] MANIFEST = read("manifest.webmanifest");
    private static final byte[] AUDIENCE = read("audience.js");
    private static final byte[] PLOT = jar("uPlot.iife.min.js");
    private static final byte[] PLOT_STYLE = jar("uPlot.min.css");

    private Assets() {}

    static List<Endpoint> endpoints() {
        return List.of(
                Endpoint.page("GET", "/desk/desk.css", request -> kept("text/css; charset=utf-8", STYLE)),
                Endpoint.page("GET", "/desk/desk.js", request -> kept("text/javascript; charset=utf-8", SCRIPT)),
                Endpoint.page("GET", "/desk/coming.js", request -> kept("text/javascript; charset=utf-8", COMING)),
                Endpoint.page("GET", "/desk/watch.js", request -> kept("text/javascript; charset=utf-8", WATCH)),
                Endpoint.page("GET", "/desk/live.js", request -> kept("text/javascript; charset=utf-8", LIVE)),
                Endpoint.page("GET", "/desk/audience.js", request -> kept("text/javascript; charset=utf-8", AUDIENCE)),
                Endpoint.page("GET", "/desk/uplot.js", request -> kept("text/javascript; charset=utf-8", PLOT)),
                Endpoint.page("GET", "/desk/uplot.css", request -> kept("text/css; charset=utf-8", PLOT_STYLE)),
                Endpoint.page("GET", "/desk/parsed.js", request -> shared(PARSED)),
                Endpoint.page("GET", "/desk/preview.js", request -> shared(PREVIEW)),
                Endpoint.page("GET", "/desk/edit.js", request -> kept("text/javascript; charset=utf-8", EDIT)),
                Endpoint.page("GET", "/desk/write.js", request -> kept("text/javascript; charset=utf-8", WRITE)),
                Endpoint.page("GET", "/desk/images.js", request -> kept("text/javascript; charset=utf-8", IMAGES)),
                Endpoint.page("GET", "/desk/restart.js", request -> kept("text/javascript; charset=utf-8", RESTART)),
                Endpoint.page("GET", "/desk/letters.js", request -> kept("text/javascript; charset=utf-8", LETTERS)),
                Endpoint.page("GET", "/desk/drafts.js", request -> kept("text/javascript; charset=utf-8", DRAFTS)),
                Endpoint.page("GET", "/desk/tables.js", request -> kept("text/javascript; charset=utf-8", TABLES)),
                Endpoint.page("GET", "/desk/calendar.js", request -> kept("text/javascript; charset=utf-8", CALENDAR)),
                Endpoint.page(
                        "GET", "/desk/manifest.webmanifest", request -> kept("application/manifest+json", MANIFEST)),
                Endpoint.page("GET", "/desk/icon.svg", request -> kept("image/svg+xml", ICON)));
    }

    /** @return where it is said how a phone keeps the desk among its apps, and shares to it (W3C Web App Manifest, Web Share Target) */
    public static String manifest() {
        return "/desk/manifest.webmanifest?v=" + mark(MANIFEST);
    }

    /** @return where the style sheet is */
    public static String style() {
        return "/desk/desk.css?v=" + mark(STYLE);
    }

    /** @return where the script is */
    public static String script() {
        return "/desk/desk.js?v=" + mark(SCRIPT);
    }

    /** @return where the script of the page is on which a message is written */
    public static String write() {
        return "/desk/write.js?v=" + mark(WRITE);
    }

    /** @return where the script is that shows what a change to a planned message will look like */
    public static String edit() {
        return "/desk/edit.js?v=" + mark(EDIT);
    }

    /** @return where the script is that takes images */
    public static String images() {
        return "/desk/images.js?v=" + mark(IMAGES);
    }

    /** @return where the script is that waits for a daemon that begins anew */
    public static String restart() {
        return "/desk/restart.js?v=" + mark(RESTART);
    }

    /** @return where the script is that puts images into the texts of a newsletter */
    public static String letters() {
        return "/desk/letters.js?v=" + mark(LETTERS);
    }

    /** @return where the script is that keeps what is typed there */
    public static String drafts() {
        return "/desk/drafts.js?v=" + mark(DRAFTS);
    }

    /** @return where the script of the calendar is */
    public static String calendar() {
        return "/desk/calendar.js?v=" + mark(CALENDAR);
    }

    /** @return where the script is that reads a table into its form and shows how far it is */
    public static String tables() {
        return "/desk/tables.js?v=" + mark(TABLES);
    }

    /** @return where the script of what comes in is */
    public static String coming() {
        return "/desk/coming.js?v=" + mark(COMING);
    }

    /** @return where the script of a watch is */
    public static String watch() {
        return "/desk/watch.js?v=" + mark(WATCH);
    }

    /** @return where the script of what moves is */
    public static String live() {
        return "/desk/live.js?v=" + mark(LIVE);
    }

    /** @return where the icon is */
    public static String icon() {
        return "/desk/icon.svg?v=" + mark(ICON);
    }

    /** @return where the script of the page of the audience is */
    public static String audience() {
        return "/desk/audience.js?v=" + mark(AUDIENCE);
    }

    /** @return where uPlot is, which draws the charts */
    public static String plot() {
        return "/desk/uplot.js?v=" + mark(PLOT);
    }

    /** @return where the style sheet of uPlot is */
    public static String plotStyle() {
        return "/desk/uplot.css?v=" + mark(PLOT_STYLE);
    }

    private static Response kept(String type, byte[] bytes) {
        return new Response(200, type, Map.of("Cache-Control", "public, max-age=31536000, immutable"), bytes);
    }

    /** Of a module that others import by its name alone: asked for again, so that an older one never meets newer ones. */
    private static Response shared(byte[] bytes) {
        return new Response(200, "text/javascript; charset=utf-8", Map.of("Cache-Control", "no-cache"), bytes);
    }

    private static String mark(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static byte[] read(String name) {
        return bytes("/desk/" + name);
    }

    /** Of the WebJar, whose path holds its version. */
    private static byte[] jar(String name) {
        return bytes("/META-INF/resources/webjars/uplot/1.6.30/dist/" + name);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
