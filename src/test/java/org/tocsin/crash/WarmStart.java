package org.tocsin.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Starts daemons with the JVM's cache of a former start (JEP 483 and 514), which takes half of the time: a run that kills a hundred of them
 * is mostly starts. The JVM takes classes of jars only for that, so that those of this build are put into some, once for each JVM that runs
 * tests.
 */
public final class WarmStart {
    private static final List<String> JVM = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED");

    private final List<String> options;

    private WarmStart(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** Made when it is asked for, once. */
    private static final class Once {
        private static final WarmStart IT = make();
    }

    /** @return what a daemon is started with, of which the main class and its arguments are to follow */
    public static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(JVM);
        command.addAll(Once.IT.options);
        return command;
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    private static WarmStart make() {
        try {
            Path folder = Files.createTempDirectory("warm-start");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(folder)));
            String path = jars(folder);
            Path cache = folder.resolve("start.aot");
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(JVM);
            command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-cp", path, CrashDaemon.class.getName()));
            ProcessBuilder once = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            once.environment().put("TOCSIN_DATA", folder.resolve("data").toString());
            once.environment().put("TOCSIN_HTTP_PORT", "0");
            once.environment().put("CRASH_WARM", "yes");
            Process process = once.start();
            boolean made = process.waitFor(3, TimeUnit.MINUTES) && Files.exists(cache);
            process.destroyForcibly();
            return new WarmStart(made ? List.of("-XX:AOTCache=" + cache, "-cp", path) : List.of("-cp", path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A hundred megabytes are not left behind. */
    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + e);
        }
    }

    private static String jars(Path folder) throws IOException {
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            if (Files.isDirectory(place)) {
                Path jar = folder.resolve("classes" + path.size() + ".jar");
                pack(place, jar);
                path.add(jar.toString());
            } else if (Files.exists(place)) {
                path.add(entry);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files.filter(one -> !one.equals(classes)).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // Folders as well: migrations are looked for by theirs.
                zip.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, zip);
                }
                zip.closeEntry();
            }
        }
    }
}
