/** What is said about us: sources, the log of what was heard, and what an adapter of a source fulfils. */
@NullMarked
package org.tocsin.mention;

import org.jspecify.annotations.NullMarked;
