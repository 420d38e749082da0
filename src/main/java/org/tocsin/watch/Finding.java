package org.tocsin.watch;

import org.tocsin.base.Message;

/**
 * Something to say about a watch before it is saved.
 *
 * @param error   whether it cannot be saved like this; else it is a remark
 * @param start   offset of the first character that it is about, from 0
 * @param end     offset after the last one
 * @param message the fault and the remedy
 */
public record Finding(boolean error, int start, int end, Message message) {}
