/** Tells a program of the team what happens to subscribers, by signed webhooks. */
@org.jspecify.annotations.NullMarked
package org.tocsin.subscriber.hook;
