/**
 * What every process of Pregonero has, whatever its roles: the data directory, its settings, how a start that cannot
 * succeed is explained, and how errors are told to callers of the HTTP API.
 */
@NullMarked
package org.pregonero.dispatcher.runtime;

import org.jspecify.annotations.NullMarked;
