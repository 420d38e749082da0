package org.tocsin.web.desk;

import java.nio.charset.StandardCharsets;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** How large a table may be that a form sends. */
public final class Sizes {
    /** As people are told it. */
    public static final int MEGABYTES = 5;

    /** Bytes, in UTF-8. */
    public static final int TABLE = MEGABYTES * 1_000_000;

    /** What may come in a form: of the table each byte may be written with three. */
    static final long FORM = 3L * TABLE + 1_000_000;

    /** Letters of a table that is shown once more, to be mended; a page with a larger one would be slow. */
    private static final int ECHOED = 30_000;

    private Sizes() {}

    /**
     * @return the table
     * @throws FaultException TOO_LARGE
     */
    static String fitting(String table) {
        if (table.getBytes(StandardCharsets.UTF_8).length > TABLE) {
            throw tooLarge();
        }
        return table;
    }

    /** @return the table of a form that was refused, to be mended; empty where it is too large to be shown once more */
    public static String echoed(Form form) {
        return form.some("csv").filter(table -> table.length() <= ECHOED).orElse("");
    }

    /**
     * @param last the table that was looked at last; empty where it was brought in, or there was none
     * @return the table of a form that was refused, else that one, to be mended; empty where it is too large to be shown once more
     */
    public static String echoed(Form form, String last) {
        return form.on("csv") || last.length() > ECHOED ? echoed(form) : last;
    }

    static FaultException tooLarge() {
        return new FaultException(Kind.TOO_LARGE, Fault.at("", Message.of("desk.table.large", "limit", MEGABYTES)));
    }
}
