/**
 * The heart: one post on one channel, as a row with a state. {@link org.tocsin.delivery.DeliveryTransitions} is the table of what may
 * follow what; {@link org.tocsin.delivery.Dispatcher} is the only place that acts on what a network answers.
 */
@NullMarked
package org.tocsin.delivery;

import org.jspecify.annotations.NullMarked;
