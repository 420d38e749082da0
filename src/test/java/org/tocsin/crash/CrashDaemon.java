package org.tocsin.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.tocsin.app.Daemon;
import org.tocsin.app.Seams;
import org.tocsin.config.SettingsReader;
import org.tocsin.delivery.CrashPoints;
import org.tocsin.network.Network;

/** The real daemon as a process that dies where it is told to, or that is wrong on purpose. */
public final class CrashDaemon {
    private CrashDaemon() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("jdk.xml.dtd.support", "deny");
        Map<String, String> environment = System.getenv();
        String wrong = environment.getOrDefault("CRASH_WRONG", "");
        if ("record-after-sending".equals(wrong)) {
            forgetIntents(Path.of(environment.get("TOCSIN_DATA"), "tocsin.db"));
        }
        forget(wrong, Path.of(environment.get("TOCSIN_DATA"), "tocsin.db"));
        Daemon daemon = Daemon.start(
                SettingsReader.read(Path.of("no-such-file"), environment),
                Clock.systemUTC(),
                new Seams(points(environment.getOrDefault("CRASH_AT", "")), adapter(wrong)));
        if (environment.containsKey("CRASH_WARM")) {
            daemon.close();
            System.exit(0);
        }
        System.out.println("READY " + daemon.port());
        System.out.flush();
        new CountDownLatch(1).await();
    }

    /** {@code name:n}: the process halts at the n-th pass, without hooks, as if it were killed. */
    private static CrashPoints points(String at) {
        if (at.isEmpty()) {
            return CrashPoints.NONE;
        }
        String name = at.substring(0, at.indexOf(':'));
        AtomicInteger left = new AtomicInteger(Integer.parseInt(at.substring(at.indexOf(':') + 1)));
        return passed -> {
            if (passed.equals(name) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(137);
            }
        };
    }

    private static UnaryOperator<Network> adapter(String wrong) {
        return switch (wrong) {
            case "fresh-key" -> FreshKeyNetwork::new;
            case "repeating-client" -> RepeatingNetwork::new;
            default -> UnaryOperator.identity();
        };
    }

    /** What a daemon that records only after sending would find at its start: no trace of an intent. */
    private static void forgetIntents(Path database) throws SQLException {
        if (!database.toFile().exists()) {
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update delivery set state = 'PREPARING' where state = 'SENDING'");
            statement.executeUpdate("update segment set state = 'PENDING' where state = 'SENDING'");
        }
    }

    /** What a daemon would find at its start that does not keep together what is one transaction when it listens. */
    private static void forget(String wrong, Path database) throws SQLException {
        String update = switch (wrong) {
            case "read-before-ringing" ->
                "update log_reader set seq = (select value from mention_seq) where reader = 'watch'";
            case "alert-before-notice" ->
                "delete from notice where kind = 'ALERT' and created_at = (select max(created_at) from notice"
                        + " where kind = 'ALERT')";
            // What a feed says is there at the next reading; what was handed in is not handed in again.
            case "answer-before-items" ->
                "delete from mention where change_seq = (select max(change_seq) from mention"
                        + " where source_id in (select id from source where type = 'webhook'))";
            // What was confirmed is not told again.
            case "confirmed-before-items" ->
                "delete from mention where change_seq = (select max(change_seq) from mention"
                        + " where source_id in (select id from source where type = 'telegram.group'))";
            case "intent-after-sending" ->
                "update dispatch set state = 'WAITING', attempts = attempts - 1 where state = 'SENDING'";
            default -> "";
        };
        if (update.isEmpty() || !database.toFile().exists()) {
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(update);
        }
    }
}
