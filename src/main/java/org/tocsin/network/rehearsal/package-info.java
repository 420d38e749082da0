/** A network that stays on this machine: it applies the rules of the one that it stands for, and shows what would have gone out. */
@NullMarked
package org.tocsin.network.rehearsal;

import org.jspecify.annotations.NullMarked;
