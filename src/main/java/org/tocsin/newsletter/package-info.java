/** Newsletters: written once, and sent to each subscriber once. */
@NullMarked
package org.tocsin.newsletter;

import org.jspecify.annotations.NullMarked;
