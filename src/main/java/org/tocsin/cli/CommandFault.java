package org.tocsin.cli;

import org.tocsin.base.Message;

/** What was typed cannot be done. */
final class CommandFault extends RuntimeException {
    private final transient Message said;

    CommandFault(Message said) {
        super(said.code());
        this.said = said;
    }

    Message said() {
        return said;
    }
}
