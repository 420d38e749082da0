/** The rights of people whose words are heard: erasure, objection, and what is kept apart as evidence. */
@org.jspecify.annotations.NullMarked
package org.tocsin.mention.rights;
