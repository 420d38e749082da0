/** What a letter by mail is, and what becomes of it; {@code mail} hands it to a server. */
@org.jspecify.annotations.NullMarked
package org.tocsin.letter;
