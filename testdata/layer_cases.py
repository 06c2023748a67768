"""The cases of layers.py: which layers are called with what."""

from dataclasses import dataclass, field
from typing import Callable, Optional

import keras
import numpy as np


@dataclass
class Case:
    """A layer, as Python makes it, and how it is called."""

    layer: str
    shape: tuple
    mask: Optional[list] = None
    runs: list = field(default_factory=lambda: [{}])
    dynamic: bool = False
    change: Optional[Callable] = None
    # The shapes of further inputs, and their masks.
    others: list = field(default_factory=list)
    other_masks: list = field(default_factory=list)
    # Arguments of the call; the name of a tensor stands for the last of the other inputs.
    call: dict = field(default_factory=dict)


# The arguments that stand for the last of the other inputs.
LAST_INPUT = {"attention_mask", "count_weights"}


def called(case, make_input):
    """The inputs and the output of a layer that is called as a case has it."""
    inputs = [make_input(shape[1:]) for shape in [case.shape, *case.others]]
    layer = eval(case.layer, vars(keras.layers))
    given, named = list(inputs), dict(case.call)
    for name in LAST_INPUT & named.keys():
        named[name] = given.pop()
    as_list = isinstance(layer, keras.layers.Attention)
    return inputs, layer(given, **named) if as_list else layer(*given, **named)


# Rows with masked timesteps in the middle, at the start, at the end, and all over.
MASK = [[1, 0, 1, 0, 1], [0, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 0, 0, 0, 0]]
# The same for more timesteps than are written out; one row counts as a whole.
MANY = [
    [int(t % 7 not in (2, 3)) for t in range(43)],
    [int(t > 14) for t in range(43)],
    [int(t < 20) for t in range(43)],
    [1] * 43,
]
MASK3 = [[1, 0, 1], [0, 1, 1]]
MASK_OF_STEPS = [
    [[1, 0, 1, 1], [0, 0, 1, 1], [1, 1, 1, 0]],
    [[0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 0, 0]],
]
RANDOM = [{"training": True}, {"training": False}, {"training": True}]


def blank(x):
    """Timesteps of zeros and of 0.5, and single numbers of that kind."""
    x[0, 1] = 0
    x[1, -1] = 0
    x[0, 0] = 0.5
    x[1, 0, 0] = 0
    x[1, 1, 1] = 0.5


def indices(x):
    """Whole numbers from 0 to 6, some of them twice."""
    x[...] = np.round(np.abs(x) * 6.6) % 7


def edges(x):
    """Numbers on the boundaries of bins, too."""
    x[0, :3] = [-0.5, 0.0, 0.75]


def recurrent(name, cases_of_its_own, always=()):
    """The arguments that all recurrent layers have, besides those that it is always given."""

    def layer(arguments=""):
        return f"{name}({', '.join(['3', *always, *filter(None, [arguments])])})"

    def plain(arguments=""):
        return Case(layer(arguments), (2, 4, 5))

    def masked(arguments=""):
        return Case(layer(arguments), (4, 5, 2), MASK)

    arguments = {
        "defaults": plain(),
        "activation relu": plain("activation='relu'"),
        "activation softmax": plain("activation='softmax'"),
        "no activation": plain("activation=None"),
        "no bias": plain("use_bias=False"),
        "return_sequences": plain("return_sequences=True"),
        "return_state": plain("return_state=True"),
        "go_backwards": plain("go_backwards=True"),
        "go_backwards, return_sequences": plain("go_backwards=True, return_sequences=True"),
        "unroll": plain("unroll=True"),
        "unroll, return_sequences": plain("unroll=True, return_sequences=True"),
    }
    arguments |= {name: plain(text) for name, text in cases_of_its_own.items()}
    lengths = {
        "one timestep": Case(layer("return_sequences=True"), (3, 1, 2)),
        "several lengths": Case(
            layer("return_sequences=True"),
            (2, 3, 2),
            runs=[{"shape": (2, 3, 2)}, {"shape": (2, 6, 2)}, {"shape": (2, 1, 2)}],
        ),
        "several lengths, last output": Case(
            layer(), (2, 3, 2), runs=[{"shape": (2, 3, 2)}, {"shape": (2, 6, 2)}]
        ),
        "many timesteps": Case(layer("return_sequences=True"), (2, 40, 2)),
        "more timesteps, last output": Case(layer(), (2, 133, 2)),
    }
    configurations = {
        "activity_regularizer": plain("activity_regularizer='l2'"),
        "frozen": plain("trainable=False"),
        "initializers": plain(
            "kernel_initializer='he_normal', recurrent_initializer='glorot_normal', "
            "bias_initializer='ones'"
        ),
        "regularizers": plain(
            "kernel_regularizer='l2', recurrent_regularizer='l1', bias_regularizer='l1l2'"
        ),
        "constraints": plain(
            "kernel_constraint='max_norm', recurrent_constraint='unit_norm', "
            "bias_constraint='non_neg'"
        ),
        "dropout": Case(layer("dropout=0.4, seed=3"), (3, 4, 5), runs=RANDOM),
        "recurrent_dropout": Case(layer("recurrent_dropout=0.3, seed=4"), (3, 4, 5), runs=RANDOM),
        "dropout, recurrent_dropout": Case(
            layer("dropout=0.4, recurrent_dropout=0.3, seed=5, return_sequences=True"),
            (3, 4, 2),
            runs=RANDOM,
        ),
        "dropout under a mask": Case(
            layer("dropout=0.4, recurrent_dropout=0.3, seed=6"), (4, 5, 2), MASK, RANDOM
        ),
    }
    masks = {
        "last output": masked(),
        "return_sequences": masked("return_sequences=True"),
        "zero_output_for_mask": masked("return_sequences=True, zero_output_for_mask=True"),
        "zero_output_for_mask, last output": masked("zero_output_for_mask=True"),
        "go_backwards": masked("go_backwards=True"),
        "go_backwards, return_sequences": masked("go_backwards=True, return_sequences=True"),
        "unroll": masked("unroll=True"),
        "unroll, return_sequences": masked("unroll=True, return_sequences=True"),
        "unroll, zero_output_for_mask": masked(
            "unroll=True, return_sequences=True, zero_output_for_mask=True"
        ),
        "unroll, go_backwards": masked("unroll=True, return_sequences=True, go_backwards=True"),
    }
    three = [{}, {"training": False}, {}, {"reset": True}]
    three = [step | {"training": step.get("training", True)} for step in three]
    half = [{"mask": MASK}, {"mask": None}, {"mask": MASK}]
    half = [step | {"training": True} for step in half]
    states = {
        "last output": Case(layer("stateful=True"), (2, 3, 2), runs=three),
        "return_sequences": Case(
            layer("stateful=True, return_sequences=True"), (2, 3, 2), runs=three
        ),
        "go_backwards": Case(layer("stateful=True, go_backwards=True"), (2, 3, 2), runs=three),
        "unroll": Case(layer("stateful=True, unroll=True"), (2, 3, 2), runs=three),
        "masks": Case(layer("stateful=True, return_sequences=True"), (4, 5, 2), runs=half),
        "zero_output_for_mask": Case(
            layer("stateful=True, return_sequences=True, zero_output_for_mask=True"),
            (4, 5, 2),
            runs=half,
        ),
        "several lengths": Case(
            layer("stateful=True, return_sequences=True"),
            (2, 3, 2),
            runs=[{"shape": (2, length, 2), "training": True} for length in (3, 1, 1, 4)],
        ),
    }
    def masked_long(arguments="", runs=None):
        return Case(layer(arguments), (4, 43, 2), MANY, runs or [{}])

    many = {
        "a mask": masked_long("return_sequences=True"),
        "a mask, softmax": masked_long("activation='softmax', go_backwards=True"),
        "a mask, recurrent_dropout": masked_long("recurrent_dropout=0.3, seed=7", RANDOM),
        "a mask, unroll": masked_long("unroll=True, zero_output_for_mask=True"),
    }
    return {
        "": arguments,
        "_lengths": lengths,
        "_many": many,
        "_configurations": configurations,
        "_masks": masks,
        "_states": states,
    }


SHAPES = {
    "dense": {
        "defaults": Case("Dense(3)", (2, 4)),
        "timesteps": Case("Dense(3, activation='tanh')", (2, 3, 4)),
        "timesteps of timesteps": Case("Dense(3)", (2, 3, 2, 4)),
        "no bias": Case("Dense(3, activation='relu', use_bias=False)", (2, 4)),
        "softmax": Case("Dense(3, activation='softmax')", (2, 3, 4)),
        "one row": Case("Dense(3, activation='softmax')", (1, 4)),
        "one row without bias": Case("Dense(3, activation='tanh', use_bias=False)", (1, 4)),
        "one timestep of one sample": Case("Dense(3)", (1, 1, 4)),
        "mask": Case("Dense(3)", (2, 3, 4), MASK3),
        "activity_regularizer": Case("Dense(3, activity_regularizer='l2')", (4, 2)),
        "frozen": Case("Dense(3, trainable=False)", (2, 4)),
        "initializers": Case(
            "Dense(3, kernel_initializer='he_normal', bias_initializer='ones')", (2, 4)
        ),
        "regularizers, constraints": Case(
            "Dense(3, kernel_regularizer='l2', bias_regularizer='l1', "
            "kernel_constraint='max_norm', bias_constraint='non_neg')",
            (2, 4),
        ),
    },
    "activation": {
        "relu": Case("Activation('relu')", (2, 3, 4)),
        "softmax": Case("Activation('softmax')", (2, 3, 4), MASK3),
        "none": Case("Activation(None)", (2, 4)),
    },
    "dropout": {
        "seed": Case("Dropout(0.4, seed=7)", (3, 5), runs=RANDOM),
        "timesteps": Case("Dropout(0.3, seed=-8)", (2, 3, 4), MASK3, RANDOM),
        "large seed": Case("Dropout(0.6, seed=2147483647)", (3, 5), runs=RANDOM),
        "the same in each timestep": Case(
            "Dropout(0.4, noise_shape=(None, 1, 6), seed=9)", (3, 3, 6), runs=RANDOM
        ),
        "the same in each sample": Case(
            "Dropout(0.4, noise_shape=(1, 3, None), seed=10)", (3, 3, 4), runs=RANDOM
        ),
        "batch in the noise shape": Case(
            "Dropout(0.4, noise_shape=(3, 3, 1), seed=11)", (3, 3, 4), runs=RANDOM
        ),
        "nothing": Case("Dropout(0.0, seed=12)", (3, 4)),
        "everything": Case("Dropout(1.0, seed=13)", (3, 4), runs=RANDOM),
    },
    "flatten": {
        "matrix": Case("Flatten()", (2, 3, 4)),
        "vector": Case("Flatten()", (2, 3)),
        "scalar": Case("Flatten()", (3,)),
        "mask": Case("Flatten()", (2, 3, 4), MASK3),
        "channels_first": Case("Flatten(data_format='channels_first')", (2, 3, 2, 4)),
        "channels_first, matrix": Case("Flatten(data_format='channels_first')", (2, 3, 4)),
    },
    "reshape": {
        "matrix": Case("Reshape((3, 4))", (2, 12)),
        "vector": Case("Reshape((12,))", (2, 3, 4), MASK3),
        "what is left": Case("Reshape((-1, 2))", (2, 3, 4)),
        "what is left behind": Case("Reshape((2, -1, 3))", (2, 3, 4)),
    },
    "repeat_vector": {
        "three times": Case("RepeatVector(3)", (2, 4)),
        "once": Case("RepeatVector(1)", (2, 4)),
    },
    "permute": {
        "matrix": Case("Permute((2, 1))", (2, 3, 4), MASK3),
        "cube": Case("Permute((3, 1, 2))", (2, 3, 4, 2)),
    },
    "masking": {
        "zero": Case("Masking()", (2, 3, 4), change=blank),
        "another value": Case("Masking(mask_value=0.5)", (2, 3, 4), change=blank),
        "over a mask": Case("Masking()", (2, 3, 4), MASK3, change=blank),
        "four dimensions": Case("Masking()", (2, 3, 4, 2), change=blank),
        "vectors": Case("Masking(mask_value=0.5)", (2, 3), change=lambda x: x[1].fill(0.5)),
    },
}

MASK_OF_NUMBERS = [[1, 0, 1, 1], [0, 1, 1, 0]]

MORE = {
    "re_lu": {
        "defaults": Case("ReLU()", (2, 3, 4), MASK3),
        "arguments": Case("ReLU(max_value=0.6, negative_slope=0.2, threshold=0.1)", (3, 5)),
    },
    "leaky_re_lu": {
        "defaults": Case("LeakyReLU()", (2, 3, 4), MASK3),
        "slope": Case("LeakyReLU(negative_slope=0.1)", (3, 5)),
    },
    "elu": {
        "defaults": Case("ELU()", (2, 3, 4), MASK3),
        "alpha": Case("ELU(alpha=0.4)", (3, 5)),
    },
    "p_re_lu": {
        "defaults": Case("PReLU()", (2, 3, 4), MASK3),
        "shared axes": Case("PReLU(shared_axes=[1], alpha_constraint='non_neg')", (2, 3, 4)),
        "frozen": Case("PReLU(alpha_regularizer='l2', trainable=False)", (3, 5)),
    },
    "softmax": {
        "defaults": Case("Softmax()", (2, 3, 4)),
        "another axis": Case("Softmax(axis=1)", (2, 3, 4)),
        "two axes": Case("Softmax(axis=[1, 2])", (2, 3, 4)),
        "mask": Case("Softmax()", (2, 4), MASK_OF_NUMBERS),
        "mask of all": Case("Softmax()", (2, 4), [[0, 0, 0, 0], [1, 1, 1, 1]]),
    },
    "gaussian_noise": {
        "seed": Case("GaussianNoise(0.4, seed=7)", (2, 3, 4), MASK3, RANDOM),
        "nothing": Case("GaussianNoise(0.0)", (3, 5)),
        "in each timestep": Case(
            "TimeDistributed(GaussianNoise(0.4, seed=8))", (2, 3, 4), runs=RANDOM
        ),
    },
    "spatial_dropout1d": {
        "seed": Case("SpatialDropout1D(0.4, seed=7)", (2, 3, 6), MASK3, RANDOM),
    },
    "zero_padding1d": {
        "defaults": Case("ZeroPadding1D()", (2, 3, 4), MASK3),
        "two sides": Case("ZeroPadding1D(padding=(2, 0))", (2, 3, 4)),
        "channels_first": Case("ZeroPadding1D(padding=2, data_format='channels_first')", (2, 3, 4)),
    },
    "cropping1d": {
        "defaults": Case("Cropping1D()", (2, 3, 4), MASK3),
        "two sides": Case("Cropping1D(cropping=(2, 0))", (2, 5, 2)),
    },
    "conv1d": {
        "defaults": Case("Conv1D(3, 2)", (2, 5, 4), [[1, 1, 0, 1, 1], [1, 1, 1, 1, 0]]),
        "same, strides": Case("Conv1D(3, 3, strides=2, padding='same', activation='tanh')", (2, 6, 2)),
        "causal, dilation": Case("Conv1D(2, 3, padding='causal', dilation_rate=2)", (2, 7, 3)),
        "dilation": Case("Conv1D(2, 2, dilation_rate=3, use_bias=False)", (2, 7, 3)),
        "groups": Case("Conv1D(4, 2, groups=2)", (2, 4, 6)),
        "several lengths": Case(
            "Conv1D(2, 3, padding='same')", (2, 4, 3), runs=[{"shape": (2, 4, 3)}, {"shape": (2, 7, 3)}]
        ),
        "all arguments": Case(
            "Conv1D(2, [2], [1], 'valid', 'channels_last', [1], 1, 'relu', True, 'he_normal', 'ones', 'l2', 'l1',"
            " 'l2', 'max_norm', 'non_neg')",
            (2, 4, 3),
        ),
    },
    "conv2d": {
        "defaults": Case("Conv2D(3, 2)", (2, 4, 5, 2)),
        "same, strides": Case("Conv2D(2, (3, 2), strides=(1, 2), padding='same')", (2, 5, 4, 3)),
        "dilation": Case("Conv2D(2, 2, dilation_rate=(2, 1), activation='relu')", (1, 5, 4, 2)),
        "groups": Case("Conv2D(4, 2, groups=2)", (2, 3, 4, 4)),
    },
    "max_pooling1d": {
        "defaults": Case("MaxPooling1D()", (2, 5, 3), [[1, 1, 0, 1, 1], [1, 1, 1, 1, 0]]),
        "same, strides": Case("MaxPooling1D(3, strides=2, padding='same')", (2, 6, 2)),
        "channels_first": Case("MaxPooling1D(2, data_format='channels_first')", (2, 3, 6)),
    },
    "max_pooling2d": {
        "defaults": Case("MaxPooling2D()", (2, 4, 5, 2)),
        "same, strides": Case("MaxPooling2D((3, 2), strides=(1, 2), padding='same')", (2, 5, 4, 3)),
        "channels_first": Case("MaxPooling2D(2, data_format='channels_first')", (2, 3, 4, 6)),
    },
    "average_pooling1d": {
        "defaults": Case("AveragePooling1D(2)", (2, 5, 3), [[1, 1, 0, 1, 1], [1, 1, 1, 1, 0]]),
        "same, strides": Case("AveragePooling1D(3, strides=2, padding='same')", (2, 6, 2)),
        "channels_first": Case("AveragePooling1D(2, data_format='channels_first')", (2, 3, 6)),
    },
    "average_pooling2d": {
        "defaults": Case("AveragePooling2D(2)", (2, 4, 5, 2)),
        "same, strides": Case("AveragePooling2D((3, 2), strides=(1, 2), padding='same')", (2, 5, 4, 3)),
        "channels_first": Case("AveragePooling2D(2, data_format='channels_first')", (2, 3, 4, 6)),
    },
    "embedding": {
        "defaults": Case("Embedding(7, 3)", (2, 4), change=indices),
        "mask_zero": Case("Embedding(7, 2, mask_zero=True)", (3, 5), change=indices),
        "of a matrix of indices": Case("Embedding(7, 2, embeddings_regularizer='l2')", (2, 3, 2), change=indices),
        "all arguments": Case(
            "Embedding(7, 2, 'glorot_normal', 'l1', 'max_norm', True, activity_regularizer='l2')", (2, 3), change=indices
        ),
    },
    "reversible_embedding": {
        "defaults": Case("ReversibleEmbedding(7, 3)", (2, 4), change=indices),
        "mask_zero": Case("ReversibleEmbedding(7, 2, mask_zero=True)", (3, 5), change=indices),
        "reverse": Case("ReversibleEmbedding(7, 3)", (2, 4, 3), call={"reverse": True}),
        "reverse, rows": Case("ReversibleEmbedding(5, 3)", (4, 3), call={"reverse": True}),
        "all arguments": Case(
            "ReversibleEmbedding(5, 2, False, 'glorot_normal', 'l1', 'max_norm', True, logit_soft_cap=0.5)",
            (2, 3, 2),
            call={"reverse": True},
        ),
    },
    "stft_spectrogram": {
        "defaults": Case("STFTSpectrogram(frame_length=8)", (2, 21, 2)),
        "magnitude": Case("STFTSpectrogram('magnitude', 8, 3, 16, window='hamming', scaling='spectrum')", (2, 21, 1)),
        "psd": Case("STFTSpectrogram('psd', 6, expand_dims=True, periodic=True, padding='same')", (2, 21, 2)),
        "real": Case("STFTSpectrogram('real', 8, window=None, scaling=None)", (2, 21, 2)),
        "imag": Case("STFTSpectrogram('imag', 8, 5, expand_dims=True, trainable=False)", (2, 21, 2)),
        "angle": Case("STFTSpectrogram('angle', 5, window='blackman')", (2, 12, 2)),
        "stft": Case("STFTSpectrogram('stft', 8, expand_dims=True, window='bartlett')", (2, 21, 2)),
    },
    "mel_spectrogram": {
        "power": Case(
            "MelSpectrogram(16, 8, 11, 'hamming', 8000, 3, 100.0, 3000.0, power_to_db=False, mag_exp=1.5)", (2, 22)
        ),
        "defaults": Case("MelSpectrogram(fft_length=16, sequence_stride=5, num_mel_bins=4)", (2, 22)),
        "decibels": Case(
            "MelSpectrogram(15, 4, None, None, num_mel_bins=3, top_db=3.0, min_power=1e-4, ref_power=0.5)", (3, 21)
        ),
        "window of one's own": Case(
            "MelSpectrogram(8, 3, 4, [0.5, 1.0, 0.25, 0.75], 8000, 2, power_to_db=False)", (2, 12)
        ),
    },
    "resizing": {
        "defaults": Case("Resizing(5, 3)", (2, 4, 6, 2)),
        "nearest": Case("Resizing(3, 8, 'nearest')", (2, 4, 6, 2)),
        "bicubic": Case("Resizing(6, 5, 'bicubic', data_format='channels_first')", (2, 2, 4, 6)),
        "lanczos3": Case("Resizing(3, 4, 'lanczos3')", (2, 5, 6, 1)),
        "lanczos5": Case("Resizing(2, 3, 'lanczos5', antialias=True)", (2, 5, 7, 1)),
        "bilinear, antialias": Case("Resizing(2, 3, antialias=True)", (2, 5, 7, 2)),
        "bicubic, antialias": Case("Resizing(2, 3, 'bicubic', antialias=True)", (2, 5, 7, 2)),
        "crop": Case("Resizing(3, 4, crop_to_aspect_ratio=True)", (2, 6, 5, 2)),
        "pad": Case("Resizing(3, 4, pad_to_aspect_ratio=True, fill_value=0.5)", (2, 6, 5, 2)),
    },
    "center_crop": {
        "defaults": Case("CenterCrop(3, 2)", (2, 4, 5, 2)),
        "smaller": Case("CenterCrop(6, 3)", (2, 4, 5, 2)),
        "channels_first": Case("CenterCrop(4, 4, data_format='channels_first')", (2, 1, 4, 5)),
    },
    "auto_contrast": {
        "defaults": Case("AutoContrast()", (2, 3, 4, 2)),
        "range": Case("AutoContrast((-1.0, 1.0))", (2, 3, 4, 2)),
    },
    "up_sampling1d": {
        "defaults": Case("UpSampling1D()", (2, 3, 4), MASK3),
        "three times": Case("UpSampling1D(size=3)", (2, 3, 2)),
    },
    "global_average_pooling1d": {
        "defaults": Case("GlobalAveragePooling1D()", (2, 3, 4)),
        "keepdims": Case("GlobalAveragePooling1D(keepdims=True)", (2, 3, 4)),
        "channels_first": Case("GlobalAveragePooling1D(data_format='channels_first')", (2, 3, 4)),
        "mask": Case("GlobalAveragePooling1D()", (2, 3, 4), MASK3),
        "mask, keepdims": Case("GlobalAveragePooling1D(keepdims=True)", (2, 3, 4), MASK3),
    },
    "global_max_pooling1d": {
        "defaults": Case("GlobalMaxPooling1D()", (2, 3, 4), MASK3),
        "keepdims": Case("GlobalMaxPooling1D(keepdims=True)", (2, 3, 4)),
        "channels_first": Case(
            "GlobalMaxPooling1D(data_format='channels_first', keepdims=True)", (2, 3, 4)
        ),
    },
    "layer_normalization": {
        "defaults": Case("LayerNormalization()", (2, 3, 4), MASK3),
        "two axes": Case("LayerNormalization(axis=[2, 1], epsilon=0.01)", (2, 3, 4)),
        "another axis": Case("LayerNormalization(axis=1)", (2, 3, 4)),
        "neither": Case("LayerNormalization(center=False, scale=False)", (3, 5)),
    },
}

# With an unknown number of timesteps, Keras's TimeDistributed runs as many as there are samples:
# the cases with dynamic=True have as many of the ones as of the others.
TIME_DISTRIBUTED = {
    "dense": Case("TimeDistributed(Dense(3))", (2, 3, 4)),
    "softmax": Case("TimeDistributed(Dense(3, activation='softmax'))", (2, 3, 4), MASK3),
    "activation": Case("TimeDistributed(Activation('relu'))", (2, 3, 4)),
    "flatten": Case("TimeDistributed(Flatten())", (2, 3, 4, 2)),
    "flatten of numbers": Case("TimeDistributed(Flatten())", (2, 3, 4)),
    "reshape": Case("TimeDistributed(Reshape((2, -1)))", (2, 3, 4), MASK3),
    "repeat_vector": Case("TimeDistributed(RepeatVector(2))", (2, 3, 4)),
    "permute": Case("TimeDistributed(Permute((2, 1)))", (2, 3, 4, 2)),
    "masking": Case("TimeDistributed(Masking())", (2, 3, 4, 2), change=blank),
    "masking under a mask": Case(
        "TimeDistributed(Masking())", (2, 3, 4, 2), MASK_OF_STEPS, change=blank
    ),
    "another": Case("TimeDistributed(TimeDistributed(Dense(3)))", (2, 3, 4, 2)),
    "another under a mask": Case(
        "TimeDistributed(TimeDistributed(Dense(3)))", (2, 3, 4, 2), MASK_OF_STEPS
    ),
    "activity_regularizer inside": Case(
        "TimeDistributed(Dense(3, activity_regularizer='l2'))", (2, 3, 4)
    ),
    "activity_regularizer": Case(
        "TimeDistributed(Dense(3), activity_regularizer='l2')", (2, 3, 4)
    ),
    "frozen": Case("TimeDistributed(Dense(3), trainable=False)", (2, 3, 4)),
    "dropout": Case("TimeDistributed(Dropout(0.4, seed=7))", (2, 3, 4), runs=RANDOM),
    "dropout, unknown timesteps": Case(
        "TimeDistributed(Dropout(0.4, seed=7))", (3, 3, 4), runs=RANDOM, dynamic=True
    ),
    "dropout of the same": Case(
        "TimeDistributed(Dropout(0.4, noise_shape=(1, None, 1), seed=8))", (3, 2, 4, 2), runs=RANDOM
    ),
    "dropout in another": Case(
        "TimeDistributed(TimeDistributed(Dropout(0.4, seed=9)))", (2, 3, 2, 4), runs=RANDOM
    ),
    "dropout in another, unknown timesteps": Case(
        "TimeDistributed(TimeDistributed(Dropout(0.4, seed=9)))",
        (2, 2, 3, 4),
        runs=RANDOM,
        dynamic=True,
    ),
}


def time_distributed(name, always=""):
    """Recurrent layers in TimeDistributed: sequences of sequences."""

    def case(arguments="", shape=(2, 3, 4, 2), **more):
        return Case(f"TimeDistributed({name}(2{always}{arguments}))", shape, **more)

    return {
        "last output": case(),
        "return_sequences": case(", return_sequences=True"),
        "go_backwards": case(", return_sequences=True, go_backwards=True"),
        "unroll": case(", unroll=True"),
        "mask": case(mask=MASK_OF_STEPS),
        "mask, return_sequences": case(", return_sequences=True", mask=MASK_OF_STEPS),
        "unknown timesteps": case(shape=(3, 3, 4, 2), dynamic=True),
        "dropout": case(", dropout=0.4, recurrent_dropout=0.3, seed=7", runs=RANDOM),
        "dropout, unknown timesteps": case(
            ", dropout=0.4, recurrent_dropout=0.3, seed=7",
            shape=(2, 2, 3, 2),
            runs=RANDOM,
            dynamic=True,
        ),
    }


OWN = {
    "simple_rnn": recurrent("SimpleRNN", {}),
    "gru": recurrent(
        "GRU",
        {"recurrent_activation hard_sigmoid": "recurrent_activation='hard_sigmoid'"},
    ),
    "gru_reset_before": recurrent(
        "GRU",
        {"recurrent_activation hard_sigmoid": "recurrent_activation='hard_sigmoid'"},
        ["reset_after=False"],
    ),
    "lstm": recurrent(
        "LSTM",
        {
            "recurrent_activation hard_sigmoid": "recurrent_activation='hard_sigmoid'",
            "no unit_forget_bias": "unit_forget_bias=False",
        },
    ),
}


def bidirectional():
    """Both directions: every merge mode, masks, states, and a backward layer of its own."""

    def case(inside, arguments="", shape=(3, 4, 2), **more):
        return Case(f"Bidirectional({inside}{arguments})", shape, **more)

    sequences = "LSTM(2, return_sequences=True)"
    cases = {"defaults": case("LSTM(3)")}
    for mode in ("'concat'", "'sum'", "'mul'", "'ave'", "None"):
        cases[f"merge_mode {mode}"] = case(sequences, f", merge_mode={mode}")
        cases[f"merge_mode {mode}, last output"] = case("GRU(2)", f", merge_mode={mode}")
        cases[f"merge_mode {mode}, mask"] = case(
            sequences, f", merge_mode={mode}", (4, 5, 2), mask=MASK
        )
    return cases | {
        "mask, last output": case("LSTM(2)", shape=(4, 5, 2), mask=MASK),
        "gru": case("GRU(2, return_sequences=True, reset_after=False)", shape=(4, 5, 2), mask=MASK),
        "simple_rnn": case("SimpleRNN(2, return_sequences=True)", shape=(4, 5, 2), mask=MASK),
        "go_backwards": case(
            "LSTM(2, return_sequences=True, go_backwards=True), "
            "backward_layer=LSTM(2, return_sequences=True)"
        ),
        "backward_layer": case(
            "LSTM(2, return_sequences=True), "
            "backward_layer=LSTM(2, return_sequences=True, go_backwards=True, activation='relu')"
        ),
        "two kinds": case("GRU(2), backward_layer=SimpleRNN(2, go_backwards=True)"),
        "return_state": case("LSTM(2, return_state=True)"),
        "return_state of sequences": case("GRU(2, return_state=True, return_sequences=True)"),
        "return_state, merge_mode None": case("SimpleRNN(2, return_state=True)", ", merge_mode=None"),
        "stateful": case(
            "LSTM(2, stateful=True, return_sequences=True)",
            runs=[{"training": True}, {"training": False}, {"training": True, "reset": True}],
        ),
        "dropout": case("LSTM(3, dropout=0.3, recurrent_dropout=0.2, seed=7)", runs=RANDOM),
        "conv_lstm": case("ConvLSTM1D(2, 3, return_sequences=True)", shape=(2, 3, 5, 2)),
        "conv_lstm, states": case(
            "ConvLSTM2D(2, (2, 3), padding='same', strides=(1, 2), return_state=True, recurrent_activation='tanh')",
            ", merge_mode='sum'",
            shape=(2, 3, 3, 4, 1),
            mask=[[True, True, False], [True, True, True]],
        ),
        "activity_regularizer": case("LSTM(3, activity_regularizer='l2')"),
        "own activity_regularizer": case("LSTM(3)", ", activity_regularizer='l2'"),
        "in each timestep": Case(
            "TimeDistributed(Bidirectional(LSTM(2)))", (2, 3, 4, 2), mask=MASK_OF_STEPS
        ),
        "many timesteps": case("LSTM(2, return_sequences=True)", shape=(4, 43, 2), mask=MANY),
    }


def rnn():
    """RNN with cells: Keras's own, several on top of each other, and in both directions."""

    def case(cell, arguments="", shape=(3, 4, 2), **more):
        return Case(f"RNN({cell}{arguments})", shape, **more)

    sequences = ", return_sequences=True"
    cases = {}
    for cell in (
        "LSTMCell(2)",
        "GRUCell(2)",
        "GRUCell(2, reset_after=False)",
        "SimpleRNNCell(2, activation='relu')",
        "StackedRNNCells([GRUCell(3), LSTMCell(2), SimpleRNNCell(2)])",
    ):
        cases[cell] = case(cell)
        cases[f"{cell}, sequences"] = case(cell, sequences)
        cases[f"{cell}, mask"] = case(cell, sequences, (4, 5, 2), mask=MASK)
        cases[f"{cell}, many timesteps"] = case(cell, sequences, (4, 43, 2), mask=MANY)
    return cases | {
        "mask, last output": case("LSTMCell(2)", shape=(4, 5, 2), mask=MASK),
        "mask, zero output": case(
            "LSTMCell(2)", sequences + ", zero_output_for_mask=True", (4, 5, 2), mask=MASK
        ),
        "many, last output": case("GRUCell(2)", shape=(2, 27, 2)),
        "go_backwards": case("LSTMCell(2)", sequences + ", go_backwards=True"),
        "unroll": case("LSTMCell(2)", ", unroll=True", (2, 14, 2)),
        "return_state": case("LSTMCell(2)", ", return_state=True"),
        "return_state of sequences": case("GRUCell(2)", sequences + ", return_state=True"),
        "stateful": case(
            "LSTMCell(2)",
            sequences + ", stateful=True",
            runs=[{"training": True}, {"training": False}, {"training": True, "reset": True}],
        ),
        "dropout": case("LSTMCell(3, dropout=0.3, seed=7)", runs=RANDOM),
        "recurrent_dropout": case(
            "GRUCell(3, dropout=0.3, recurrent_dropout=0.2, seed=7)", sequences, runs=RANDOM
        ),
        "no bias": case("GRUCell(3, use_bias=False)"),
        "both directions": Case(
            "Bidirectional(RNN(LSTMCell(2), return_sequences=True))", (4, 5, 2), mask=MASK
        ),
        "in each timestep": Case(
            "TimeDistributed(RNN(GRUCell(2)))", (2, 3, 4, 2), mask=MASK_OF_STEPS
        ),
    }


IMAGE = (2, 4, 5, 2)
VOLUME = (2, 3, 4, 5, 2)
FIRST = "data_format='channels_first'"


def dimensions(name):
    return int(next(letter for letter in name if letter.isdigit()))


def pools(name, *sizes):
    """The cases of pools of one, two or three dimensions."""
    rank = dimensions(name)
    shape = {1: (2, 5, 3), 2: (2, 4, 5, 2), 3: (2, 3, 4, 5, 2)}[rank]
    return {
        "defaults": Case(f"{name}({'' if name.startswith('Max') else 2})", shape),
        "same, strides": Case(f"{name}({sizes[0]}, strides={sizes[1]}, padding='same')", shape),
        "channels_first": Case(f"{name}(2, {FIRST})", (2, 3, *shape[1:-1])),
    }


def global_pools(name):
    rank = dimensions(name)
    shape = (2, 3, 4, 5, 2)[: rank + 2]
    return {
        "defaults": Case(f"{name}()", shape),
        "keepdims": Case(f"{name}(keepdims=True)", shape),
        "channels_first": Case(f"{name}({FIRST}, keepdims=True)", shape),
    }


def adaptive_pools(name):
    rank = dimensions(name)
    sizes = [(3,), (3, 2), (2, 3, 2)][rank - 1]
    shape = (2, 5, 4, 3, 2)[: rank + 1] + (2,)
    one = 2 if rank == 1 else [2] * rank
    return {
        "sizes": Case(f"{name}({sizes[0] if rank == 1 else sizes})", shape),
        "as large as the input": Case(f"{name}({5 if rank == 1 else shape[1:-1]})", shape),
        "channels_first": Case(f"{name}({one}, {FIRST})", (2, 2, *shape[1:-1])),
    }


def transposed(name):
    rank = dimensions(name)
    shape = (2, 3, 4, 2, 2)[: rank + 1] + (3,)
    small = (1, 2, 3, 2, 2)[: rank + 1] + (2,)
    return {
        "defaults": Case(f"{name}(2, 3)", shape),
        "same, strides": Case(f"{name}(2, 3, strides=2, padding='same', activation='tanh')", small),
        "valid, strides": Case(f"{name}(2, 2, strides=3)", small),
        "output_padding": Case(f"{name}(2, 3, strides=2, output_padding=1, padding='same')", small),
        "valid, output_padding": Case(f"{name}(1, 3, strides=2, output_padding=1, use_bias=False)", small),
        "all arguments": Case(
            f"{name}(2, 2, activation='relu', kernel_initializer='he_normal', bias_initializer='ones', "
            "kernel_regularizer='l2', bias_regularizer='l1', activity_regularizer='l2', "
            "kernel_constraint='max_norm', bias_constraint='non_neg')",
            small,
        ),
    }


def depthwise(name, filters=""):
    rank = dimensions(name)
    shape = (2, 5, 4)[: rank + 1] + (3,)
    pointwise = (
        "pointwise_initializer='glorot_normal', pointwise_regularizer='l1', pointwise_constraint='unit_norm', "
        if filters
        else ""
    )
    return {
        "defaults": Case(f"{name}({filters}2)", shape),
        "same, strides, multiplier": Case(
            f"{name}({filters}3, strides=2, padding='same', depth_multiplier=2, activation='tanh')", shape
        ),
        "dilation": Case(f"{name}({filters}2, dilation_rate=2, use_bias=False)", shape),
        "all arguments": Case(
            f"{name}({filters}2, depth_multiplier=2, activation='relu', depthwise_initializer='he_normal', "
            f"{pointwise}bias_initializer='ones', depthwise_regularizer='l2', bias_regularizer='l1', "
            "activity_regularizer='l2', depthwise_constraint='max_norm', bias_constraint='non_neg')",
            shape,
        ),
    }


MASK4 = [[1, 1, 0, 1], [1, 0, 1, 1]]


def attends(layer, keys=False, mask=None, values=None, **more):
    """Queries of 3 timesteps, values of 4, perhaps keys."""
    others = [(2, 4, 4)] * (2 if keys else 1)
    masks = [values, *[None] * (len(others) - 1)] if values else []
    return Case(layer, (2, 3, 4), mask, others=others, other_masks=masks, **more)


def attention(name):
    return {
        "defaults": attends(f"{name}()"),
        "keys": attends(f"{name}(use_scale=True)", keys=True),
        "causal": attends(f"{name}()", call={"use_causal_mask": True}),
        "masks": attends(f"{name}()", mask=MASK3, values=MASK4),
        "masks, causal, scores": attends(
            f"{name}()", mask=MASK3, values=MASK4, call={"use_causal_mask": True, "return_attention_scores": True}
        ),
        "dropout": attends(f"{name}(dropout=0.4, seed=7)", runs=RANDOM, values=MASK4),
    }


def heads(start, end):
    """The cases of several heads, which have most arguments in common."""
    return {
        "defaults": attends(start + end),
        "keys": attends(start + end, keys=True),
        "causal": attends(start + end, call={"use_causal_mask": True}),
        "masks": attends(start + end, mask=MASK3, values=MASK4),
        "scores": attends(start + end, call={"return_attention_scores": True}),
        "masks, causal, scores": attends(
            start + end, mask=MASK3, values=MASK4, call={"use_causal_mask": True, "return_attention_scores": True}
        ),
        "attention_mask": Case(
            start + end, (2, 3, 4), others=[(2, 4, 4), (2, 3, 4)], call={"attention_mask": None}, change=None
        ),
        "dropout": attends(start + ", dropout=0.4, seed=7" + end, runs=RANDOM, values=MASK4),
        "gate, window": attends(start + ", use_gate=True, sliding_window=2" + end),
        "all arguments": attends(
            start + ", use_bias=False, kernel_initializer='he_normal', bias_initializer='ones', "
            "kernel_regularizer='l2', bias_regularizer='l1', activity_regularizer='l2', "
            "kernel_constraint='max_norm', bias_constraint='non_neg'" + end
        ),
    }


def conv_lstm(name):
    rank = dimensions(name)
    shape = (2, 3, *(4, 3, 3)[:rank], 2)
    seven = [{"training": True}, {"training": False}, {"training": True, "reset": True}]
    some = {
        "defaults": Case(f"{name}(3, 2)", shape),
        "same, sequences": Case(f"{name}(2, 3, padding='same', return_sequences=True)", shape, [[1, 0, 1], [0, 1, 1]]),
        "strides, states": Case(f"{name}(2, 2, strides=2, return_state=True, use_bias=False)", shape),
    }
    more = {
        "dilation": Case(f"{name}(2, 2, dilation_rate=2, padding='same', go_backwards=True)", shape),
        "stateful": Case(f"{name}(2, 2, stateful=True)", shape, runs=seven),
        "dropout": Case(f"{name}(2, 2, dropout=0.3, recurrent_dropout=0.2, seed=7)", shape, runs=RANDOM),
        "zero_output_for_mask": Case(
            f"{name}(2, 2, return_sequences=True, zero_output_for_mask=True, unroll=True)", shape, [[1, 0, 1], [0, 1, 1]]
        ),
        "all arguments": Case(
            f"{name}(2, 2, activation='relu', recurrent_activation='hard_sigmoid', unit_forget_bias=False, "
            "kernel_initializer='he_normal', recurrent_initializer='glorot_normal', bias_initializer='ones', "
            "kernel_regularizer='l2', recurrent_regularizer='l1', bias_regularizer='l2', activity_regularizer='l2', "
            "kernel_constraint='max_norm', recurrent_constraint='unit_norm', bias_constraint='non_neg')",
            shape,
        ),
    }
    return some | (more if rank == 2 else {})


TRAINED = [{"training": True}, {"training": True}, {"training": False}]

def normalizing(name, first=None, runs=None):
    """The arguments that gamma and beta bring."""

    def layer(arguments, shape=(3, 4, 6)):
        return Case(f"{name}({', '.join(filter(None, [first, arguments]))})", shape, runs=runs or [{}])

    return {
        "defaults": layer(None),
        "another axis": layer("axis=1"),
        "no beta": layer("center=False, epsilon=0.01"),
        "no gamma": layer("scale=False"),
        "all arguments": layer(
            "beta_initializer='ones', gamma_initializer='he_normal', beta_regularizer='l1', "
            "gamma_regularizer='l2', beta_constraint='non_neg', gamma_constraint='max_norm'",
            (3, 6),
        ),
    }


VOCABULARY = {
    "identity": {"defaults": Case("Identity()", (2, 3, 4), MASK3)},
    "rescaling": {
        "defaults": Case("Rescaling(0.5)", (2, 3, 4), MASK3),
        "offset": Case("Rescaling(2, offset=-1)", (2, 3)),
        "each feature": Case("Rescaling([0.5, 2.0, 0.25], offset=[0.0, 1.0, -1.0])", (2, 3)),
    },
    "normalization": {
        "defaults": Case("Normalization()", (3, 4)),
        "timesteps": Case("Normalization()", (2, 3, 4), MASK3),
        "two axes": Case("Normalization(axis=(-1, 1))", (2, 3, 4)),
        "one mean": Case("Normalization(axis=None)", (2, 3)),
        "given": Case("Normalization(mean=[1.0, -0.5, 0.0], variance=[4.0, 0.25, 0.0])", (4, 3)),
        "given numbers": Case("Normalization(mean=0.5, variance=2.0)", (2, 3)),
        "invert": Case("Normalization(invert=True)", (2, 3)),
    },
    "discretization": {
        "defaults": Case("Discretization([-0.5, 0.0, 0.75])", (3, 4), change=edges),
        "one_hot": Case("Discretization([-0.5, 0.0, 0.75], output_mode='one_hot')", (2, 3)),
        "one_hot of one": Case("Discretization([-0.5, 0.0, 0.75], output_mode='one_hot')", (3, 1)),
        "multi_hot": Case("Discretization([-0.5, 0.25], output_mode='multi_hot')", (3, 4)),
        "count": Case("Discretization([-0.5, 0.25], output_mode='count')", (3, 4)),
    },
    "category_encoding": {
        "defaults": Case("CategoryEncoding(7)", (3, 4), change=indices),
        "count": Case("CategoryEncoding(num_tokens=8, output_mode='count')", (3, 4), change=indices),
        "count_weights": Case(
            "CategoryEncoding(8, output_mode='count')", (3, 4), change=indices, others=[(3, 4)], call={"count_weights": None}, runs=[{"training": False}]
        ),
        "one_hot": Case("CategoryEncoding(7, output_mode='one_hot')", (2, 3), change=indices),
        "one_hot of one": Case("CategoryEncoding(7, output_mode='one_hot')", (3, 1), change=indices),
        "one_hot of sequences": Case("CategoryEncoding(7, output_mode='one_hot')", (2, 3, 4), change=indices),
    },
    "activity_regularization": {
        "defaults": Case("ActivityRegularization()", (2, 3, 4), MASK3),
        "both": Case("ActivityRegularization(l1=0.1, l2=0.2)", (2, 3)),
    },
    "alpha_dropout": {
        "seed": Case("AlphaDropout(0.4, seed=7)", (2, 3, 4), MASK3, RANDOM),
        "noise_shape": Case("AlphaDropout(0.4, noise_shape=(None, 1, 4), seed=8)", (2, 3, 4), runs=RANDOM),
        "nothing": Case("AlphaDropout(0.0)", (3, 5)),
    },
    "gaussian_dropout": {
        "seed": Case("GaussianDropout(0.4, seed=7)", (2, 3, 4), MASK3, RANDOM),
        "nothing": Case("GaussianDropout(0.0)", (3, 5)),
    },
    "spatial_dropout2d": {
        "seed": Case("SpatialDropout2D(0.4, seed=7)", (2, 3, 2, 6), runs=RANDOM),
        "channels_first": Case(f"SpatialDropout2D(0.4, {FIRST}, seed=7)", (2, 6, 2, 3), runs=RANDOM),
    },
    "spatial_dropout3d": {
        "seed": Case("SpatialDropout3D(0.4, seed=7)", (2, 2, 3, 2, 6), runs=RANDOM),
        "channels_first": Case(f"SpatialDropout3D(0.4, {FIRST}, seed=7)", (2, 6, 2, 2, 3), runs=RANDOM),
    },
    "batch_normalization": normalizing("BatchNormalization", runs=TRAINED)
    | {
        "in training and out of it": Case("BatchNormalization(momentum=0.8)", (4, 3), runs=TRAINED),
        "mask": Case("BatchNormalization(momentum=0.5)", (2, 3, 4), MASK3, TRAINED),
        "mask of all": Case("BatchNormalization()", (2, 3, 2), [[0, 0, 0], [0, 0, 0]], TRAINED),
        "frozen": Case("BatchNormalization(trainable=False)", (4, 3)),
        "images": Case("BatchNormalization(axis=1)", (3, 2, 4, 3), runs=TRAINED),
        "moving averages": Case(
            "BatchNormalization(moving_mean_initializer='ones', moving_variance_initializer='he_normal')",
            (3, 2),
            runs=TRAINED,
        ),
        "activity_regularizer": Case("BatchNormalization(activity_regularizer='l2')", (3, 2), runs=TRAINED),
    },
    "group_normalization": normalizing("GroupNormalization", "groups=2")
    | {
        "each feature": Case("GroupNormalization(groups=-1)", (2, 3, 4), MASK3),
        "images": Case("GroupNormalization(groups=2, axis=-2)", (2, 3, 4, 3)),
    },
    "rms_normalization": {
        "defaults": Case("RMSNormalization()", (2, 3, 4)),
        "two axes": Case("RMSNormalization(axis=[-2, -1], epsilon=0.01)", (2, 3, 4)),
    },
    "spectral_normalization": {
        "dense": Case("SpectralNormalization(Dense(3))", (2, 4), runs=TRAINED),
        "iterations": Case("SpectralNormalization(Dense(3, use_bias=False), power_iterations=3)", (2, 4), runs=TRAINED),
        "convolution": Case("SpectralNormalization(Conv1D(3, 2, activation='tanh'))", (2, 4, 2), runs=TRAINED),
        "frozen": Case("SpectralNormalization(Dense(2), trainable=False)", (2, 3), runs=TRAINED),
    },
    "unit_normalization": {
        "defaults": Case("UnitNormalization()", (2, 3, 4), MASK3),
        "axes": Case("UnitNormalization(axis=[1, 2])", (2, 3, 4)),
        "another axis": Case("UnitNormalization(axis=1)", (2, 3, 4)),
    },
    "conv3d": {
        "defaults": Case("Conv3D(3, 2)", VOLUME),
        "same, strides": Case("Conv3D(2, (3, 2, 3), strides=(2, 1, 2), padding='same', activation='tanh')", (1, 5, 4, 5, 2)),
        "same, even": Case("Conv3D(2, 2, strides=2, padding='same')", (1, 5, 4, 3, 2)),
        "dilation": Case("Conv3D(2, 2, dilation_rate=(2, 1, 2), use_bias=False)", (1, 5, 3, 4, 2)),
        "groups": Case("Conv3D(4, 2, groups=2)", (1, 3, 3, 3, 4)),
    },
    **{file: transposed(name) for file, name in [
        ("conv1d_transpose", "Conv1DTranspose"),
        ("conv2d_transpose", "Conv2DTranspose"),
        ("conv3d_transpose", "Conv3DTranspose"),
    ]},
    "depthwise_conv1d": depthwise("DepthwiseConv1D"),
    "depthwise_conv2d": depthwise("DepthwiseConv2D"),
    "separable_conv1d": depthwise("SeparableConv1D", "2, "),
    "separable_conv2d": depthwise("SeparableConv2D", "2, "),
    "max_pooling3d": pools("MaxPooling3D", (3, 2, 2), (1, 2, 1)),
    "average_pooling3d": pools("AveragePooling3D", (3, 2, 2), (1, 2, 1)),
    **{f"global_{file}_pooling{rank}d": global_pools(f"Global{name}Pooling{rank}D")
       for rank in (2, 3) for file, name in [("max", "Max"), ("average", "Average")]},
    **{f"adaptive_{file}_pooling{rank}d": adaptive_pools(f"Adaptive{name}Pooling{rank}D")
       for rank in (1, 2, 3) for file, name in [("max", "Max"), ("average", "Average")]},
    **{f"conv_lstm{rank}d": conv_lstm(f"ConvLSTM{rank}D") for rank in (1, 2, 3)},
    "einsum_dense": {
        "defaults": Case("EinsumDense('ab,bc->ac', output_shape=3)", (2, 4)),
        "timesteps": Case("EinsumDense('abc,cd->abd', output_shape=(None, 3), bias_axes='d', activation='tanh')", (2, 3, 4)),
        "ellipsis on the left": Case("EinsumDense('...x,xy->...y', output_shape=3, bias_axes='y')", (2, 3, 4)),
        "ellipsis on the right": Case("EinsumDense('ab...,bc->ac...', output_shape=3, bias_axes='c')", (2, 3, 4)),
        "several": Case("EinsumDense('abc,cde->abde', output_shape=(None, 2, 3), bias_axes='de')", (2, 3, 4)),
        "over two": Case("EinsumDense('abcd,cde->abe', (None, 3), bias_axes='e')", (2, 3, 2, 4)),
        "all arguments": Case(
            "EinsumDense('abc,cd->abd', (None, 3), 'relu', 'd', 'he_normal', 'ones', 'l2', 'l1', 'max_norm', "
            "'non_neg', activity_regularizer='l2')",
            (2, 3, 4),
        ),
    },
    "attention": attention("Attention")
    | {
        "concat": attends("Attention(score_mode='concat')"),
        "scale, concat": attends("Attention(use_scale=True, score_mode='concat')", keys=True),
    },
    "additive_attention": attention("AdditiveAttention")
    | {"no scale": attends("AdditiveAttention(use_scale=False)")},
    "multi_head_attention": heads("MultiHeadAttention(2, 3", ")")
    | {
        "widths": attends("MultiHeadAttention(2, 3, value_dim=2, output_shape=5)", keys=True),
        "both axes": Case("MultiHeadAttention(2, 2)", (2, 2, 3, 4), others=[(2, 3, 2, 4)]),
        "one of two axes": Case("MultiHeadAttention(2, 2, attention_axes=2)", (2, 2, 3, 4), others=[(2, 2, 5, 4)]),
        "outputs of two dimensions": attends("MultiHeadAttention(1, 2, output_shape=(2, 3), use_bias=False)"),
    },
    "group_query_attention": heads("GroupQueryAttention(3, 4, 2", ")"),
    "zero_padding2d": {
        "defaults": Case("ZeroPadding2D()", (2, 2, 3, 2)),
        "rows and columns": Case("ZeroPadding2D((2, 1))", (2, 2, 3, 2)),
        "each end": Case(f"ZeroPadding2D(((1, 0), (2, 3)), {FIRST})", (2, 2, 3, 2)),
    },
    "zero_padding3d": {
        "defaults": Case("ZeroPadding3D()", (1, 2, 2, 3, 2)),
        "each end": Case(f"ZeroPadding3D(((1, 0), (2, 3), (0, 1)), {FIRST})", (1, 2, 2, 3, 2)),
    },
    "cropping2d": {
        "defaults": Case("Cropping2D()", (2, 4, 3, 2)),
        "all edges": Case("Cropping2D(1)", (2, 4, 3, 2)),
        "each end": Case(f"Cropping2D(((1, 0), (0, 2)), {FIRST})", (2, 2, 3, 4)),
    },
    "cropping3d": {
        "defaults": Case("Cropping3D()", (1, 3, 4, 5, 2)),
        "each end": Case(f"Cropping3D(((1, 0), (0, 2), (1, 1)), {FIRST})", (1, 2, 3, 4, 3)),
    },
    "up_sampling2d": {
        "defaults": Case("UpSampling2D()", (2, 2, 3, 2)),
        "sizes": Case(f"UpSampling2D((3, 2), {FIRST})", (2, 2, 3, 2)),
        **{name: Case(f"UpSampling2D((2, 3), interpolation='{name}')", (2, 3, 4, 2))
           for name in ("bilinear", "bicubic", "lanczos3", "lanczos5")},
    },
    "up_sampling3d": {
        "defaults": Case("UpSampling3D()", (1, 2, 2, 3, 2)),
        "sizes": Case(f"UpSampling3D((3, 1, 2), {FIRST})", (1, 2, 2, 3, 2)),
    },
}

FILES = SHAPES | MORE | VOCABULARY | {"time_distributed": TIME_DISTRIBUTED, "bidirectional": bidirectional()}
FILES["rnn"] = rnn()
for own, parts in OWN.items():
    FILES |= {own + suffix: cases for suffix, cases in parts.items()}
FILES["time_distributed_simple_rnn"] = time_distributed("SimpleRNN")
FILES["time_distributed_gru"] = time_distributed("GRU")
FILES["time_distributed_gru_reset_before"] = time_distributed("GRU", ", reset_after=False")
FILES["time_distributed_lstm"] = time_distributed("LSTM")

# The files of layers that take tensors as they come; see model_json.py and saving.py.
SINGLE = [*MORE, *VOCABULARY]
