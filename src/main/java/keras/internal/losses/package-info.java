/** What losses and metrics have in common: shapes of targets and predictions, reductions. */
package keras.internal.losses;
