/**
 * The ways through time of recurrent layers, each a {@link keras.internal.rnn.Recurrence}, and the
 * formulas of one timestep.
 */
package keras.internal.rnn;
