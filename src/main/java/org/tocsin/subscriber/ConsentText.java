package org.tocsin.subscriber;

import java.time.Instant;
import org.tocsin.base.BranchId;

/**
 * What people agree to, word for word. A text is never changed: another one has the next number.
 *
 * @param number its version, from 1, in its language
 */
public record ConsentText(String id, BranchId branch, String language, long number, String text, Instant createdAt) {}
