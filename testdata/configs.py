"""Writes what get_config() of a Sequential gives, with each layer's own configuration in it."""

import golden
import keras
from keras import layers


def sequences():
    return keras.Sequential(
        [
            keras.Input((6, 3)),
            layers.Masking(),
            layers.GaussianNoise(0.1),
            layers.SpatialDropout1D(0.2),
            layers.LSTM(4, return_sequences=True, kernel_regularizer=keras.regularizers.L2(0.1)),
            layers.SimpleRNN(3, return_sequences=True),
            layers.GRU(3, return_sequences=True),
            layers.LayerNormalization(),
            layers.ZeroPadding1D(),
            layers.Cropping1D(),
            layers.UpSampling1D(),
            layers.Permute((2, 1)),
            layers.PReLU(),
            layers.TimeDistributed(layers.Dense(2, activation="relu", kernel_constraint="max_norm")),
            layers.GlobalAveragePooling1D(),
        ],
        name="sequences",
    )


def vectors():
    return keras.Sequential(
        [
            keras.Input(batch_shape=(5, 4, 2)),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.ReLU(),
            layers.LeakyReLU(),
            layers.ELU(),
            layers.RepeatVector(3),
            layers.Reshape((8, 3)),
            layers.Activation("tanh"),
            layers.GlobalMaxPooling1D(),
            layers.Softmax(),
        ],
        name="vectors",
    )


def unbuilt():
    return keras.Sequential([layers.Dense(2), layers.LSTM(3)], name="unbuilt")


def told():
    return keras.Sequential([layers.Dense(2, input_shape=(3,)), layers.Dense(1)], name="told")


def built():
    model = keras.Sequential([layers.Dense(2), layers.TimeDistributed(layers.Dense(1))], name="built")
    model.build((None, 4, 3))
    return model


def nested():
    inner = keras.Sequential([layers.Dense(2), layers.Activation("relu")], name="inner")
    return keras.Sequential([keras.Input((3,)), inner, layers.Dense(1)], name="nested")


def started():
    return keras.Sequential([keras.Input((3,))], name="started")


if __name__ == "__main__":
    cases = {}
    for make in [sequences, vectors, unbuilt, told, built, nested, started]:
        keras.utils.clear_session()
        cases[make.__name__] = make().get_config()
    golden.write("configs/models", cases)
