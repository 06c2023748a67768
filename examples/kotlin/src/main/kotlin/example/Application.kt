package example

import keras.layers.Concatenate
import keras.layers.Dense
import keras.layers.GRU
import keras.layers.Input
import keras.layers.Input.shape
import keras.layers.KerasTensor
import keras.layers.LSTM
import keras.layers.RepeatVector
import keras.layers.TimeDistributed
import keras.models.Model
import keras.models.Sequential
import keras.optimizers.Adam
import keras.utils.FloatArrays
import keras.utils.Utils
import kotlin.random.Random

const val SEQUENCES = 256
const val STEPS = 4

/** Keras in Kotlin: a `Sequential` model echoes sequences, a functional one adds two of them. */
fun main() {
    Utils.setRandomSeed(1)
    println("echo: %.4f, sum: %.4f".format(echo(), sum()))
}

fun sequences(seed: Int): Array<Array<FloatArray>> {
    val random = Random(seed)
    return Array(SEQUENCES) { Array(STEPS) { floatArrayOf(random.nextFloat()) } }
}

/** Returns the mean squared error. */
fun echo(): Double {
    val x = sequences(1)
    return Sequential().use { model ->
        model.add(Input(shape(null, 1)))
        model.add(LSTM(16))
        model.add(RepeatVector(STEPS))
        model.add(LSTM(16).returnSequences(true))
        model.add(TimeDistributed(Dense(1)))
        model.compile { it.loss("mse").optimizer(Adam().learningRate(0.01)) }
        val history = model.fit(x, x) { it.epochs(30).batchSize(32).verbose(0) }
        val losses = history.history()["loss"]!!
        check(losses.last() < losses.first() / 2) { "the echo is not learnt: $losses" }
        val predicted = FloatArrays.array3d(model.predict(x) { it.verbose(0) })
        predicted.zip(x) { p, t -> (p[0][0] - t[0][0]).toDouble().let { it * it } }.average()
    }
}

/** Returns the mean squared error. */
fun sum(): Double {
    val a: KerasTensor = Input(shape(STEPS, 1)).name("a").tensor()
    val b: KerasTensor = Input(shape(STEPS, 1)).name("b").tensor()
    val states = listOf(GRU(8).call(a), GRU(8).call(b))
    val out = Dense(1).call(Concatenate().call(states))
    val x = mapOf("a" to sequences(2), "b" to sequences(3))
    val y =
        FloatArray(SEQUENCES) { i ->
            x.values.sumOf { all -> all[i].sumOf { it[0].toDouble() } }.toFloat()
        }
    return Model(listOf(a, b), listOf(out)).use { model ->
        model.compile { it.loss("mse").optimizer("adam") }
        model.fit(x, y) { it.epochs(40).batchSize(16).verbose(0) }
        model.evaluate(x, y) { it.verbose(0) }["loss"]!!
    }
}
