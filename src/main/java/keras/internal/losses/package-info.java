/** Common parts of losses and metrics: shapes of targets and predictions, reductions. */
package keras.internal.losses;
