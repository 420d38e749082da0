/** People who signed up to the newsletter: their consent and the proof of it, their data, their rights. */
@org.jspecify.annotations.NullMarked
package org.tocsin.subscriber;
