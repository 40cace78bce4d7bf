"""What each node does.

Sweep            sweep, making, runner, cut_values
Contact Sheet    contact_sheet, printed_sheet, sheet_drawing
Unpack Frames    unpack_frames
Save Frames      save_frames
"""
