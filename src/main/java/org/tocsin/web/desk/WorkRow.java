package org.tocsin.web.desk;

/**
 * Work that takes long, as a person sees it.
 *
 * @param what  in words
 * @param done  of {@code total}
 * @param total 0 where it is not known
 * @param said  how far it is, in words
 * @param act   what may be done with it: stop, resume, or empty for nothing
 */
public record WorkRow(String id, String what, long done, long total, String said, String act) {}
