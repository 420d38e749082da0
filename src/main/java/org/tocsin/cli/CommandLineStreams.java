package org.tocsin.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Messages;

/**
 * What a command reads and writes.
 *
 * @param console for secrets without echo; null where there is none
 * @param locale  of what it says
 */
public record CommandLineStreams(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        @Nullable Console console,
        Locale locale) {
    Terminal terminal() {
        return new Terminal(out, err, in, console, new Messages(), locale);
    }
}
