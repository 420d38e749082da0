package org.tocsin.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.Logger;

/**
 * How it is logged: a JSON object a line on standard error, of at most 4 KB ({@link CutEncoder}); Tocsin from INFO, libraries from WARN. In code and not in XML, for the
 * parser's classes were a tenth of a start. Whoever wants another form names a file with {@code -Dlogback.configurationFile=…}.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    /** For Logback, which finds it by {@code META-INF/services}. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        JsonEncoder encoder = new CutEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        ConsoleAppender<ILoggingEvent> errors = new ConsoleAppender<>();
        errors.setContext(context);
        errors.setName("ERR");
        errors.setTarget("System.err");
        errors.setEncoder(encoder);
        errors.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(errors);
        context.getLogger("org.tocsin").setLevel(Level.INFO);
        quiet();
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Lucene logs by the JDK's own logging, and warns at each start that an incubating module of the JDK would make it faster. By
     * configuration and not by its logger: nobody holds a logger that is not in use, and its level goes with it.
     */
    private void quiet() {
        String levels = """
                handlers=java.util.logging.ConsoleHandler
                .level=WARNING
                org.apache.lucene.internal.vectorization.VectorizationProvider.level=SEVERE
                """;
        try (InputStream in = new ByteArrayInputStream(levels.getBytes(StandardCharsets.ISO_8859_1))) {
            LogManager.getLogManager().readConfiguration(in);
        } catch (IOException e) {
            addWarn("the JDK's own logging could not be told what to leave out", e);
        }
    }
}
