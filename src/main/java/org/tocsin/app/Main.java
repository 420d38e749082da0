package org.tocsin.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.ObjectInputFilter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;
import org.tocsin.cli.CommandLineStreams;
import org.tocsin.cli.TocsinCommand;
import org.tocsin.config.Setting;
import org.tocsin.config.Settings;
import org.tocsin.config.SettingsReader;

/** Starts the daemon, or a command against it. */
public final class Main {
    private static final int EXIT_CONFIGURATION = 78;

    private Main() {}

    public static void main(String[] args) {
        // Before any parser is made: no XML parser of this process reads a document type (XML external entities).
        System.setProperty("jdk.xml.dtd.support", "deny");
        System.setProperty("java.awt.headless", "true");
        nothingIsDeserialised();
        Locale locale = language();
        CommandLineStreams streams = new CommandLineStreams(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                System.console(),
                locale);
        int code = TocsinCommand.run(args, streams, System.getenv(), () -> serve(locale));
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Nothing here reads Java's own serialised objects, and nothing may be brought to: {@code -Djdk.serialFilter} for whoever starts it without. */
    static void nothingIsDeserialised() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
        }
    }

    /**
     * A start leaves some 40 MB of garbage in the heap; given back once, it is not resident for ever. The collector would keep more than
     * twice what is used; half as much does for a daemon that waits (-XX:MaxHeapFreeRatio, which can be changed while the JVM runs).
     */
    private static void giveBack() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            machine.setVMOption("MinHeapFreeRatio", "10");
            machine.setVMOption("MaxHeapFreeRatio", "35");
        } catch (IllegalArgumentException e) {
            // Another collector than the usual one: it keeps what it likes.
            LoggerFactory.getLogger(Main.class).atDebug().setCause(e).log("the heap's spare room is not set");
        }
        System.gc();
    }

    /** Whatever the locale: one that is not installed would turn every accent into a question mark. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static Locale language() {
        // As setlocale(3) does; but C.UTF-8, which many take for the encoding alone, says nothing of the language.
        String named = Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> System.getenv().getOrDefault(name, ""))
                .filter(value -> !value.isBlank() && !value.equals("POSIX") && !value.matches("C(\\..*)?"))
                .findFirst()
                .orElse("en");
        return named.startsWith("fr") ? Locale.FRENCH : Locale.ENGLISH;
    }

    private static int serve(Locale locale) {
        long started = System.nanoTime();
        Messages messages = new Messages();
        try {
            Settings settings = SettingsReader.read(Path.of("config", "application.properties"), System.getenv());
            Running running = new Running(settings, Clock.systemUTC(), Seams.NONE);
            Daemon daemon = running.daemon();
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                running.close();
                stopped.countDown();
            }));
            Message ready = Message.of(
                    "app.ready",
                    "ms",
                    (System.nanoTime() - started) / 1_000_000,
                    "address",
                    "http://" + settings.text(Setting.HTTP_HOST) + ":" + daemon.port() + "/",
                    "token",
                    settings.path(Setting.DATA).resolve("api.token"),
                    "management",
                    "http://127.0.0.1:" + daemon.managementPort() + "/metrics");
            PrintStream out = utf8(FileDescriptor.out);
            out.println(messages.text(ready, locale));
            daemon.setupPath().ifPresent(path -> {
                String base = settings.url(Setting.PUBLIC_URL)
                        .map(url -> url.toString().replaceAll("/+$", ""))
                        .orElse("http://127.0.0.1:" + daemon.port());
                out.println(messages.text(Message.of("app.setup", "link", base + path), locale));
            });
            giveBack();
            stopped.await();
            return 0;
        } catch (FaultException e) {
            for (Fault fault : e.faults()) {
                System.err.println(messages.text(fault.message(), locale) + " ["
                        + fault.message().code() + "]");
            }
            return EXIT_CONFIGURATION;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
