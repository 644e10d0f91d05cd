"""Prints what nibabel reads of an image, as JSON: shape, dtype, codes, matrices, values (i fastest)."""

import json
import sys

import nibabel

image = nibabel.load(sys.argv[1])
header = image.header
print(
    json.dumps(
        {
            "shape": image.shape,
            "dtype": header.get_data_dtype().name,
            "version": 2 if isinstance(image, nibabel.Nifti2Image) else 1,
            "affine": image.affine.tolist(),
            "qform": header.get_qform().tolist(),
            "sform": header.get_sform().tolist(),
            "qform_code": int(header["qform_code"]),
            "sform_code": int(header["sform_code"]),
            "unit": header.get_xyzt_units()[0],
            "extensions": [extension.get_code() for extension in header.extensions],
            "description": header["descrip"].item().decode(),
            "values": [str(value) for value in image.get_fdata().ravel(order="F")],
        }
    )
)
