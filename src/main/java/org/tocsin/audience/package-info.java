/** How many people follow a channel, day by day: what an adapter tells, what is kept, and what can be said of it. */
@NullMarked
package org.tocsin.audience;

import org.jspecify.annotations.NullMarked;
