/** Reads the sources when they are due, keeps what was heard, and lets people add, change and take away sources. */
@NullMarked
package org.tocsin.mention.hearing;

import org.jspecify.annotations.NullMarked;
