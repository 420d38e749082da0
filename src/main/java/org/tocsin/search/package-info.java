/** The index of what was heard, and the search in it. The index is a copy: it may be taken away at any moment, and is built anew from the log. */
@NullMarked
package org.tocsin.search;

import org.jspecify.annotations.NullMarked;
