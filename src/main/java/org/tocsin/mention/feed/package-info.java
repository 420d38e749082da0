/** Reads the feeds of others: RSS, Atom, RDF and JSON Feed. */
@NullMarked
package org.tocsin.mention.feed;

import org.jspecify.annotations.NullMarked;
