/**
 * X, through its API v2 (docs.x.com; OpenAPI 2.167), as one user with OAuth 1.0a.
 *
 * <p>There is no key against a double post. What is there: a refusal of an equal text (403 by its {@code detail}), and the account's own
 * timeline. So a lost answer is looked for in the timeline, never simply sent again.
 */
@NullMarked
package org.tocsin.network.x;

import org.jspecify.annotations.NullMarked;
